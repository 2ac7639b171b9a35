import { isDocument } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { failure } from '../failure.ts';
import { compileAccumulator } from '../accumulators/all-accumulators.ts';
import type { Accumulator, Gathering } from '../accumulators/accumulator.ts';
import { valueKey } from '../expressions/sets.ts';
import { setField } from '../field-path.ts';
import { integer } from '../numbers.ts';
import type { Compile } from '../operator.ts';
import { scopeOf } from '../scope.ts';
import type { Evaluator, Scope } from '../scope.ts';
import type { Stages } from '../stage.ts';

/** Groups by a key. */
export const groupStages: Stages = {
  $group: (operand, { expression }) => {
    if (!isDocument(operand)) throw failure(15947, "a group's fields must be specified in an object");
    if (!('_id' in operand)) throw failure(15955, 'a group specification must include an _id');
    const { _id, ...fields } = operand;
    const key = expression(_id);
    const gatherings = compileFields(fields, expression);
    return function* (documents, { variables }) {
      const groups = new Map<string, Group>();
      for (const document of documents) {
        const scope = scopeOf(document, variables);
        const id = key(scope) ?? null;
        const name = valueKey(id);
        let group = groups.get(name);
        if (group === undefined) {
          group = startGroup(id, gatherings, variables);
          groups.set(name, group);
        }
        group.add(scope);
      }
      for (const group of groups.values()) yield group.result();
    };
  },

  $sortByCount: (operand, { expression, pipeline }) => {
    const isExpression = isDocument(operand) && Object.keys(operand)[0]?.startsWith('$') === true;
    if (!isExpression && !(typeof operand === 'string' && operand.startsWith('$'))) {
      throw failure(40149, '$sortByCount must be a $-prefixed path or an expression');
    }
    expression(operand);
    return pipeline([
      { $group: { _id: operand, count: { $sum: integer(1) } } },
      { $sort: { count: integer(-1) } },
    ]);
  },
};

export type Group = { readonly add: (scope: Scope) => void; readonly result: () => Document };
export type NamedGathering = readonly [field: string, gathering: Gathering];

/** Compiles the fields of a group, each of them an accumulator. */
export function compileFields(fields: Document, expression: Compile): NamedGathering[] {
  return Object.entries(fields).map(([field, spec]) => {
    if (field.includes('.') || field.startsWith('$')) {
      throw failure(40235, `The field name '${field}' cannot contain '.' or begin with '$'`);
    }
    return [field, compileAccumulator(field, spec, expression)];
  });
}

/** A group that has nothing yet. */
export function startGroup(
  id: unknown,
  gatherings: readonly NamedGathering[],
  variables: Scope['variables'],
): Group {
  const scope = scopeOf(isDocument(id) ? id : { _id: id }, variables);
  const started: (readonly [string, Evaluator, Accumulator])[] = gatherings.map(([field, gathering]) => [
    field,
    gathering.input,
    gathering.start(scope),
  ]);
  return {
    add: (from) => {
      for (const [, input, accumulator] of started) accumulator.add(input(from));
    },
    result: () => {
      const document: Document = { _id: id };
      for (const [field, , accumulator] of started) setField(document, field, accumulator.result() ?? null);
      return document;
    },
  };
}
