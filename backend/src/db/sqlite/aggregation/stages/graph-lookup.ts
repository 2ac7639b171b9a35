import { asNumber, BSONRegExp, isDocument, Long } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { compileFilter } from '../../search/matcher.ts';
import { failure } from '../failure.ts';
import { setField } from '../field-path.ts';
import { valueKey } from '../expressions/sets.ts';
import { foreignKeys } from '../join-keys.ts';
import { namedOperands } from '../operator.ts';
import { scopeOf } from '../scope.ts';
import type { StageRun, Stages } from '../stage.ts';
import { valuesAt } from '../../values/paths.ts';

const REQUIRED = ['from', 'startWith', 'connectFromField', 'connectToField', 'as'] as const;
const OPTIONAL = ['maxDepth', 'depthField', 'restrictSearchWithMatch'] as const;

type Walk = {
  readonly from: string;
  readonly next: string;
  readonly to: string;
  readonly maxDepth: number;
  readonly depthField: string | undefined;
  readonly restriction: Document;
};

/** Follows references from document to document, each step by the index of the field that it arrives at. */
export const graphStages: Stages = {
  $graphLookup: (operand, { expression }) => {
    const parts = namedOperands('$graphLookup', operand, REQUIRED, OPTIONAL);
    const start = expression(parts.startWith);
    const as = nameOf(parts.as, 'as');
    const depth = parts.maxDepth === undefined ? Infinity : asNumber(parts.maxDepth);
    if (depth === undefined || depth < 0)
      throw failure(40100, "$graphLookup: 'maxDepth' must be nonnegative");
    const restriction = parts.restrictSearchWithMatch ?? {};
    if (!isDocument(restriction)) {
      throw failure(40185, "$graphLookup: 'restrictSearchWithMatch' must be an object");
    }
    compileFilter(restriction);
    const walk: Walk = {
      from: nameOf(parts.from, 'from'),
      next: nameOf(parts.connectFromField, 'connectFromField'),
      to: nameOf(parts.connectToField, 'connectToField'),
      maxDepth: depth,
      depthField: parts.depthField === undefined ? undefined : nameOf(parts.depthField, 'depthField'),
      restriction,
    };
    return function* (documents, run) {
      for (const document of documents) {
        const from = start(scopeOf(document, run.variables));
        const found = follow(Array.isArray(from) ? from : [from], walk, run);
        const copy = { ...document };
        setField(copy, as, found);
        yield copy;
      }
    };
  },
};

function follow(start: readonly unknown[], walk: Walk, run: StageRun): Document[] {
  const found = new Map<string, Document>();
  const tried = new Set<string>();
  let frontier = fresh(start, tried);
  for (let depth = 0; depth <= walk.maxDepth && frontier.size > 0; depth++) {
    const reached: unknown[] = [];
    for (const document of arrivals(frontier, walk, run)) {
      const id = valueKey(document['_id']);
      if (found.has(id)) continue;
      const copy = { ...document };
      if (walk.depthField !== undefined) setField(copy, walk.depthField, Long.fromNumber(depth));
      found.set(id, copy);
      for (const value of valuesAt(document, walk.next)) {
        reached.push(...(Array.isArray(value) ? (value as unknown[]) : [value]));
      }
    }
    frontier = fresh(reached, tried);
  }
  return [...found.values()];
}

function* arrivals(frontier: ReadonlyMap<string, unknown>, walk: Walk, run: StageRun): Generator<Document> {
  const values = [...frontier.values()];
  // A regular expression in a document is a value, in a filter it would be a pattern.
  const hasPattern = values.some((value) => value instanceof BSONRegExp);
  const connected = hasPattern ? [] : [{ [walk.to]: { $in: values } }];
  const filter = { $and: [walk.restriction, ...connected] };
  for (const document of run.read(walk.from, { filter })) {
    if (!hasPattern || foreignKeys(document, walk.to).some((key) => frontier.has(key))) yield document;
  }
}

function fresh(values: readonly unknown[], tried: Set<string>): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const value of values) {
    const key = valueKey(value);
    if (value === undefined || tried.has(key)) continue;
    tried.add(key);
    found.set(key, value);
  }
  return found;
}

function nameOf(value: unknown, argument: string): string {
  if (typeof value === 'string' && value !== '' && !value.startsWith('$')) return value;
  throw failure(40103, `$graphLookup: '${argument}' must be a field or collection name`);
}
