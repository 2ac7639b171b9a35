import { isDocument } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { typeByteOf } from '../../values/key-encoding.ts';
import { unsupported } from '../../driver/errors.ts';
import { failure } from '../failure.ts';
import { integer } from '../numbers.ts';
import { namedOperands } from '../operator.ts';
import { scopeOf } from '../scope.ts';
import type { Scope } from '../scope.ts';
import { wholeNumber } from '../split-pipeline.ts';
import type { Stages } from '../stage.ts';
import { compareResults } from '../value-order.ts';
import { compileFields, startGroup } from './group.ts';
import type { Group, NamedGathering } from './group.ts';

const COUNT = { count: { $sum: integer(1) } };

/** Groups by ranges. */
export const bucketStages: Stages = {
  $bucket: (operand, { expression }) => {
    const parts = namedOperands('$bucket', operand, ['groupBy', 'boundaries'], ['default', 'output']);
    const groupBy = expression(parts.groupBy);
    const nowhere = scopeOf({}, {});
    const given = Array.isArray(parts.boundaries) ? parts.boundaries : [];
    const bounds: unknown[] = given.map((bound) => expression(bound)(nowhere));
    checkBounds(bounds);
    const hasDefault = 'default' in parts;
    const rest = hasDefault ? expression(parts.default)(nowhere) : undefined;
    const [low, high] = [bounds[0], bounds.at(-1)];
    if (hasDefault && compareResults(rest, low) >= 0 && compareResults(rest, high) < 0) {
      throw failure(
        40199,
        'The $bucket default field must be less than the lowest boundary or at least the highest',
      );
    }
    const gatherings = compileFields(outputOf(parts.output), expression);
    return function* (documents, { variables }) {
      const groups = new Map<number, Group>();
      for (const document of documents) {
        const scope = scopeOf(document, variables);
        const value = groupBy(scope);
        const above = bounds.findIndex((bound) => compareResults(value, bound) < 0);
        const at = above <= 0 ? -1 : above - 1;
        if (at < 0 && !hasDefault) {
          throw failure(40066, '$bucket could not find a matching branch for an input, and has no default');
        }
        const group = groups.get(at) ?? startGroup(at < 0 ? rest : bounds[at], gatherings, variables);
        groups.set(at, group);
        group.add(scope);
      }
      const results = Array.from(groups.values(), (group) => group.result());
      yield* results.sort((a, b) => compareResults(a['_id'], b['_id']));
    };
  },

  $bucketAuto: (operand, { expression }) => {
    const parts = namedOperands('$bucketAuto', operand, ['groupBy', 'buckets'], ['output', 'granularity']);
    if (parts.granularity !== undefined) throw unsupported("the argument 'granularity' of $bucketAuto");
    const count = wholeNumber(parts.buckets, '$bucketAuto', 1);
    const groupBy = expression(parts.groupBy);
    const gatherings = compileFields(outputOf(parts.output), expression);
    return function* (documents, { variables }) {
      const items = Array.from(documents, (document) => {
        const scope = scopeOf(document, variables);
        return { scope, value: groupBy(scope) ?? null };
      });
      items.sort((a, b) => compareResults(a.value, b.value));
      yield* autoBuckets(items, count, gatherings, variables);
    };
  },
};

type Item = { readonly scope: Scope; readonly value: unknown };

/** Buckets of about the same size; equal values stay together. */
function* autoBuckets(
  items: readonly Item[],
  count: number,
  gatherings: readonly NamedGathering[],
  variables: Scope['variables'],
): Generator<Document> {
  const size = Math.max(1, Math.round(items.length / count));
  let at = 0;
  for (let bucket = 1; at < items.length; bucket++) {
    const start = at;
    at = bucket >= count ? items.length : Math.min(at + size, items.length);
    while (at < items.length && compareResults(items[at]?.value, items[at - 1]?.value) === 0) at += 1;
    const next = at < items.length ? items[at] : items[at - 1];
    const group = startGroup({ min: items[start]?.value, max: next?.value }, gatherings, variables);
    for (const { scope } of items.slice(start, at)) group.add(scope);
    yield group.result();
  }
}

function outputOf(output: unknown): Document {
  if (output === undefined) return COUNT;
  if (isDocument(output)) return output;
  throw failure(40196, "The 'output' field must be an object");
}

function checkBounds(bounds: readonly unknown[]): void {
  if (bounds.length < 2) throw failure(40192, 'The $bucket boundaries must be at least 2 values');
  for (const [at, bound] of bounds.entries()) {
    const before = bounds[at - 1];
    if (at === 0) continue;
    if (typeByteOf(bound) !== typeByteOf(before)) {
      throw failure(40193, 'All values in the boundaries of $bucket must have the same type');
    }
    if (compareResults(before, bound) >= 0) throw failure(40194, 'The $bucket boundaries must be sorted');
  }
}
