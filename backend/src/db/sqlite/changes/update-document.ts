import { isDocument, Timestamp } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { typeNameOf } from '../values/bson-types.ts';
import { add, bitwise, multiply, requireNumber } from '../values/arithmetic.ts';
import { Int32 } from '../values/bson.ts';
import { orderUnder } from '../values/compare.ts';
import { badValue, failedToParse, serverError, unsupported } from '../driver/errors.ts';
import { ARRAY_OPERATORS } from './update-arrays.ts';
import { expandPath, getAt, setAt, unsetAt } from './update-paths.ts';
import type { PathContext } from './update-paths.ts';

export type UpdateContext = PathContext & { readonly isInsert: boolean };

type FieldChange = (document: Document, parts: string[], operand: unknown, context: UpdateContext) => void;

const FIELD_OPERATORS: Record<string, FieldChange> = {
  $set: (document, parts, operand) => setAt(document, parts, operand),
  $setOnInsert: (document, parts, operand, { isInsert }) => {
    if (isInsert) setAt(document, parts, operand);
  },
  $unset: (document, parts) => unsetAt(document, parts),
  $inc: (document, parts, operand) => {
    requireNumber(operand, '$inc', parts.join('.'));
    const old = getAt(document, parts);
    const sum = old === undefined ? operand : add(requireNumber(old, '$inc', parts.join('.')), operand);
    setAt(document, parts, sum);
  },
  $mul: (document, parts, operand) => {
    requireNumber(operand, '$mul', parts.join('.'));
    const old = getAt(document, parts) ?? undefined;
    const base = old === undefined ? new Int32(0) : requireNumber(old, '$mul', parts.join('.'));
    setAt(document, parts, multiply(base, operand));
  },
  $min: (document, parts, operand, context) => keep(document, parts, operand, context, (order) => order < 0),
  $max: (document, parts, operand, context) => keep(document, parts, operand, context, (order) => order > 0),
  $currentDate: (document, parts, operand) => {
    const isTimestamp = isDocument(operand) && operand['$type'] === 'timestamp';
    const now = Date.now();
    const stamp = new Timestamp({ t: Math.floor(now / 1000), i: 1 });
    setAt(document, parts, isTimestamp ? stamp : new Date(now));
  },
  $bit: (document, parts, operand) => {
    if (!isDocument(operand)) throw badValue('$bit needs a document');
    for (const [operator, number] of Object.entries(operand)) {
      setAt(document, parts, bitwise(getAt(document, parts) ?? new Int32(0), operator, number));
    }
  },
  $rename: (document, parts, operand) => {
    const value = getAt(document, parts);
    if (value === undefined) return;
    unsetAt(document, parts);
    setAt(document, String(operand).split('.'), value);
  },
};

/**
 * Applies update operators to a document, in place.
 *
 * @param document an exact one (`decodeExact`), so that the numbers' classes are known
 * @param update went through `normalise`
 * @throws MongoServerError as MongoDB's for wrong types, conflicting paths and a changed `_id`
 */
export function applyUpdate(document: Document, update: Document, context: UpdateContext): void {
  const changes = changesOf(update);
  for (const { operator, path, operand } of changes) {
    const field = FIELD_OPERATORS[operator];
    const array = ARRAY_OPERATORS[operator];
    for (const parts of expandPath(document, path, context)) {
      if (field !== undefined) field(document, parts, operand, context);
      else if (array !== undefined) changeArray(document, parts, operator, operand, context);
    }
  }
}

type Change = { readonly operator: string; readonly path: string; readonly operand: unknown };

/** Lists an update's changes in the order of their paths, and refuses two of one place. */
function changesOf(update: Document): Change[] {
  const changes = Object.entries(update).flatMap(([operator, fields]): Change[] => {
    if (!(operator in FIELD_OPERATORS) && !(operator in ARRAY_OPERATORS)) {
      if (operator.startsWith('$')) throw unsupported(`the update operator ${operator}`);
      throw failedToParse(`an update must consist of operators, not of the field '${operator}'`);
    }
    if (!isDocument(fields))
      throw failedToParse(`Modifiers operate on fields but we found another type in ${operator}`);
    return Object.entries(fields).map(([path, operand]) => ({ operator, path, operand }));
  });
  const paths = changes.flatMap(({ operator, path, operand }) =>
    operator === '$rename' ? [path, String(operand)] : [path],
  );
  refuseConflicts(paths);
  return changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function refuseConflicts(paths: string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    if (path === '' || path.split('.').includes('')) {
      throw serverError(56, 'EmptyFieldName', `The update path '${path}' contains an empty field name`);
    }
    if (seen.has(path)) throw conflict(path);
    seen.add(path);
  }
  for (const path of seen) {
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      if (seen.has(path.slice(0, dot))) throw conflict(path);
    }
  }
}

function conflict(path: string): Error {
  const message = `Updating the path '${path}' would create a conflict at '${path}'`;
  return serverError(40, 'ConflictingUpdateOperators', message);
}

function keep(
  document: Document,
  parts: string[],
  operand: unknown,
  { collation }: UpdateContext,
  wins: (order: number) => boolean,
): void {
  const old = getAt(document, parts);
  if (old === undefined || wins(orderUnder(collation)(operand, old))) setAt(document, parts, operand);
}

function changeArray(
  document: Document,
  parts: string[],
  operator: string,
  operand: unknown,
  { collation }: UpdateContext,
): void {
  const old = getAt(document, parts);
  const isAdding = operator === '$push' || operator === '$addToSet';
  if (old === undefined && !isAdding) return;
  if (old !== undefined && !Array.isArray(old)) {
    const path = parts.join('.');
    throw badValue(`The field '${path}' must be an array but is of type ${typeNameOf(old) ?? 'missing'}`);
  }
  const change = ARRAY_OPERATORS[operator];
  if (change !== undefined) setAt(document, parts, change(old ?? [], operand, collation));
}
