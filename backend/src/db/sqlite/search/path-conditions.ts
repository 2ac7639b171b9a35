import { BSONRegExp, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { isOperatorDocument } from './match-operators.ts';

/** One thing that a filter says of a path. */
export type PathCondition = {
  readonly operators: Document;
  /** The `$elemMatch` it stood in: one element of that array meets all that came out of it. */
  readonly element?: Document;
  /** Whether it is about that element itself, not about a field in it. */
  readonly isElement?: boolean;
};

/** What a filter says of each path, `$and` and `$elemMatch` unfolded; several entries all have to hold. */
export type PathConditions = ReadonlyMap<string, readonly PathCondition[]>;

/**
 * Takes a filter apart for the planner. What `$or`, `$nor` and `$expr` say is left out: leaving out a
 * condition makes a plan wider, never wrong.
 *
 * @example conditionsOf({ items: { $elemMatch: { x: 1, y: 2 } } }) // 'items.x' and 'items.y' of one element
 */
export function conditionsOf(filter: Document): PathConditions {
  const found = new Map<string, PathCondition[]>();
  const put = (path: string, condition: PathCondition): void => {
    found.set(path, [...(found.get(path) ?? []), condition]);
  };
  const addFilter = (part: Document, prefix: string, element: Document | undefined): void => {
    for (const [key, condition] of Object.entries(part)) {
      if (key === '$and' && Array.isArray(condition)) {
        for (const branch of condition) if (isDocument(branch)) addFilter(branch, prefix, element);
      } else if (!key.startsWith('$')) {
        addOperators(prefix + key, isOperators(condition) ? condition : { $eq: condition }, element);
      }
    }
  };
  const addOperators = (path: string, operators: Document, element: Document | undefined): void => {
    put(path, { operators, ...(element !== undefined && { element }) });
    const all = operators['$all'];
    for (const item of Array.isArray(all) ? (all as unknown[]) : []) {
      if (isDocument(item) && '$elemMatch' in item) addElement(path, item['$elemMatch']);
      else put(path, { operators: { $eq: item } });
    }
    if ('$elemMatch' in operators) addElement(path, operators['$elemMatch']);
  };
  const addElement = (path: string, operand: unknown): void => {
    if (!isDocument(operand)) return;
    if (isOperators(operand) && !('$and' in operand)) {
      put(path, { operators: operand, element: operand, isElement: true });
    } else {
      addFilter(operand, `${path}.`, operand);
    }
  };
  addFilter(filter, '', undefined);
  return found;
}

function isOperators(value: unknown): value is Document {
  return isOperatorDocument(value) && !(value instanceof BSONRegExp);
}
