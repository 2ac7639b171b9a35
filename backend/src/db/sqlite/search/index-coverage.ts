import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { isOfType, parseTypeName } from '../values/bson-types.ts';
import { isFreeOfText } from '../values/collation.ts';
import type { Collation } from '../values/collation.ts';
import type { PathConditions } from './path-conditions.ts';
import { encodeKey, isEndKey } from '../values/key-encoding.ts';
import type { Candidate } from './index-walk.ts';
import { compileCondition, isOperatorDocument } from './match-operators.ts';
import { compileFilter } from './matcher.ts';

/**
 * Whether every document that the conditions can match stands in the index. A sparse or partial one
 * leaves documents out: it may answer only a filter that asks for none of those.
 */
export function isIndexComplete(
  { spec, collation: own }: Pick<Candidate, 'spec' | 'collation'>,
  conditions: PathConditions,
  collation: Collation | undefined,
): boolean {
  const known = (path: string): Document[] => (conditions.get(path) ?? []).map(({ operators }) => operators);
  if (spec.sparse && !spec.fields.some(([path]) => known(path).some(impliesExists))) return false;
  return Object.entries(spec.partial ?? {}).every(([path, wanted]) => {
    const operators = isOperatorDocument(wanted) ? wanted : { $eq: wanted };
    return Object.entries(operators).every(([operator, operand]) =>
      known(path).some((condition) => {
        const isCompared = operator !== '$exists' && operator !== '$type' && !isFreeOfText(operand);
        const isPlain = own === undefined && collation === undefined;
        if (isPlain || !isCompared) return implies(condition, operator, operand);
        // Under a collation only the very same words are known to mean the same.
        return own === collation && operator in condition && isSame(condition[operator], operand);
      }),
    );
  });
}

function impliesExists(condition: Document): boolean {
  return Object.entries(condition).some(([operator, operand]) => {
    if (operator === '$exists') return operand === true;
    if (operator === '$in') return Array.isArray(operand) && operand.every((value) => value !== null);
    return (
      ['$eq', '$gt', '$gte', '$lt', '$lte', '$type'].includes(operator) &&
      operand !== null &&
      !isEndKey(operand)
    );
  });
}

/** Whether a condition on a path leaves no value for which `operator: operand` would be false. */
function implies(condition: Document, operator: string, operand: unknown): boolean {
  if (operator in condition && isSame(condition[operator], operand)) return true;
  if (operator === '$exists') return impliesExists(condition);
  const values = valuesOf(condition);
  if (values !== undefined) {
    const test = compileCondition({ [operator]: operand }, compileFilter);
    return values.every((value) => value !== null && !isDocument(value) && test([value]));
  }
  if (operator === '$type') {
    const types = (Array.isArray(operand) ? operand : [operand]).map(parseTypeName);
    return ['$gt', '$gte', '$lt', '$lte'].some((range) =>
      types.some((type) => isWholeBracket(type) && isOfType(condition[range], type)),
    );
  }
  return false;
}

/** A range stays within its bracket; of numbers a single class is only a part of it. */
function isWholeBracket(type: string): boolean {
  return !['int', 'long', 'double', 'decimal', 'null'].includes(type);
}

function valuesOf(condition: Document): unknown[] | undefined {
  if ('$eq' in condition) return [condition['$eq']];
  const among = condition['$in'];
  return Array.isArray(among) ? among : undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return Buffer.compare(encodeKey(a), encodeKey(b)) === 0;
}
