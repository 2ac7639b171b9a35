import { BSONRegExp, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Evaluator, Scope } from './scope.ts';

/**
 * What a `$match` of a joined pipeline says with `$expr: { $eq: ['$field', '$$variable'] }`, as
 * filters that an index can answer. They let through all that the `$match` does and maybe more, so
 * it has to run as well.
 */
export function correlatedEqualities(
  stage: Document | undefined,
  compile: (expression: unknown) => Evaluator,
): (variables: Scope['variables']) => Document[] {
  const filter = stage?.['$match'];
  const pairs = isDocument(filter) ? equalitiesIn(filter) : [];
  const compiled = pairs.map(([path, value]) => [path, compile(value)] as const);
  return (variables) => {
    const scope = { root: {}, current: {}, variables };
    return compiled.flatMap(([path, evaluate]) => {
      const value = evaluate(scope);
      // As a filter an expression is a pattern, and an array may also be matched by an element.
      if (value instanceof BSONRegExp || Array.isArray(value)) return [];
      return [{ [path]: { $eq: value ?? null } }];
    });
  };
}

function equalitiesIn(filter: Document): [path: string, value: string][] {
  return Object.entries(filter).flatMap(([key, operand]) => {
    if (key === '$and' && Array.isArray(operand)) return operand.filter(isDocument).flatMap(equalitiesIn);
    return key === '$expr' ? equalitiesOf(operand) : [];
  });
}

function equalitiesOf(expression: unknown): [path: string, value: string][] {
  if (!isDocument(expression)) return [];
  const { $and: all, $eq: sides } = expression;
  if (Array.isArray(all)) return all.flatMap(equalitiesOf);
  if (!Array.isArray(sides) || sides.length !== 2) return [];
  const [a, b]: unknown[] = sides;
  return [pair(a, b), pair(b, a)].filter((found) => found !== undefined);
}

function pair(field: unknown, value: unknown): [path: string, value: string] | undefined {
  const isField = typeof field === 'string' && /^\$[^$]/.test(field);
  const isVariable = typeof value === 'string' && /^\$\$[a-z]/.test(value);
  return isField && isVariable ? [field.slice(1), value] : undefined;
}
