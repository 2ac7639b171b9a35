import { isDocument, Timestamp } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { typeNameOf } from '../values/bson-types.ts';
import { add, bitwise, multiply, requireNumber } from '../values/arithmetic.ts';
import { Int32 } from '../values/bson.ts';
import { orderUnder } from '../values/compare.ts';
import { badValue, serverError } from '../driver/errors.ts';
import { ARRAY_OPERATORS } from './update-arrays.ts';
import { renameField } from './rename-field.ts';
import { changesIn } from './update-changes.ts';
import type { FieldUpdate } from './update-changes.ts';
import { getAt, requireViable, setAt, unsetAt } from './update-paths.ts';
import type { PathContext } from './update-paths.ts';

export type UpdateContext = PathContext & { readonly isInsert: boolean };

type FieldChange = (
  document: Document,
  parts: readonly string[],
  operand: unknown,
  context: UpdateContext,
) => void;

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
    const old = getAt(document, parts);
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
      const old = getAt(document, parts);
      setAt(document, parts, bitwise(old === undefined ? new Int32(0) : old, operator, number));
    }
  },
  $rename: (document, parts, operand) => renameField(document, parts, operand),
};

/**
 * Applies update operators to a document, in place.
 *
 * @param document an exact one (`decodeExact`), so that the numbers' classes are known
 * @throws MongoServerError as MongoDB's for values that an operator cannot change
 */
export function applyChanges(
  document: Document,
  changes: readonly FieldUpdate[],
  context: UpdateContext,
): void {
  for (const { operator, parts, operand } of changesIn(document, changes, context)) {
    const field = FIELD_OPERATORS[operator];
    const array = ARRAY_OPERATORS[operator];
    if (field !== undefined) field(document, parts, operand, context);
    else if (array !== undefined) changeArray(document, parts, operator, operand, context);
  }
}

/** Whether there is such an update operator. */
export function isUpdateOperator(name: string): boolean {
  return name in FIELD_OPERATORS || name in ARRAY_OPERATORS;
}

function keep(
  document: Document,
  parts: readonly string[],
  operand: unknown,
  { collation }: UpdateContext,
  wins: (order: number) => boolean,
): void {
  const old = getAt(document, parts);
  if (old === undefined || wins(orderUnder(collation)(operand, old))) setAt(document, parts, operand);
}

function changeArray(
  document: Document,
  parts: readonly string[],
  operator: string,
  operand: unknown,
  { collation }: UpdateContext,
): void {
  const old = getAt(document, parts);
  if (operator === '$pop') requireViable(document, parts);
  const isAdding = operator === '$push' || operator === '$addToSet';
  if (old === undefined && !isAdding) return;
  if (old !== undefined && !Array.isArray(old)) {
    const message = `The field '${parts.join('.')}' must be an array but is of type ${typeNameOf(old) ?? 'missing'}`;
    throw operator === '$pop' ? serverError(14, 'TypeMismatch', message) : badValue(message);
  }
  const change = ARRAY_OPERATORS[operator];
  if (change !== undefined) setAt(document, parts, change(old ?? [], operand, collation));
}
