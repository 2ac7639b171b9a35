import { Binary, encodeDocument, isDocument } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { own } from '../../values/paths.ts';
import { failure } from '../failure.ts';
import { setField } from '../field-path.ts';
import { integer } from '../numbers.ts';
import { isNullish, namedOperands, nullable, ofValues } from '../operator.ts';
import type { Operators } from '../operator.ts';
import type { Evaluator } from '../scope.ts';

/** Documents: joined, and their fields by any name. */
export const objectOperators: Operators = {
  $mergeObjects: ofValues('$mergeObjects', [0, Infinity], (...values) => {
    const [only] = values;
    return mergeDocuments(values.length === 1 && Array.isArray(only) ? only : values);
  }),

  $getField: (operand, compile) => {
    const parts =
      isDocument(operand) && 'field' in operand
        ? namedOperands('$getField', operand, ['field'], ['input'])
        : { field: operand };
    const field = compile(parts.field);
    const input = compile(parts.input ?? '$$CURRENT');
    return (scope) => {
      const name = field(scope);
      if (typeof name !== 'string') throw failure(3041704, "$getField requires 'field' to be a string");
      const value = input(scope);
      if (isNullish(value)) return value;
      return isDocument(value) ? own(value, name) : undefined;
    };
  },

  $setField: (operand, compile) => {
    const parts = namedOperands('$setField', operand, ['field', 'input', 'value'], []);
    return compileSet('$setField', compile(parts.field), compile(parts.input), compile(parts.value));
  },
  $unsetField: (operand, compile) => {
    const parts = namedOperands('$unsetField', operand, ['field', 'input'], []);
    return compileSet('$unsetField', compile(parts.field), compile(parts.input), () => undefined);
  },

  $bsonSize: nullable('$bsonSize', 1, (value) => {
    if (!isDocument(value)) throw failure(31393, '$bsonSize requires a document input');
    return integer(encodeDocument(value).byteLength);
  }),
  $binarySize: nullable('$binarySize', 1, (value) => {
    if (typeof value === 'string') return integer(Buffer.byteLength(value));
    if (value instanceof Binary) return integer(value.length());
    throw failure(51276, '$binarySize requires a string or BinData argument');
  }),
};

/** Documents into one, later fields over earlier ones; null and missing add nothing. */
export function mergeDocuments(values: readonly unknown[]): Document {
  const merged: Document = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDocument(value)) throw failure(40400, '$mergeObjects requires object inputs');
    for (const [name, inner] of Object.entries(value)) setField(merged, name, inner);
  }
  return merged;
}

function compileSet(name: string, field: Evaluator, input: Evaluator, value: Evaluator): Evaluator {
  return (scope) => {
    const document = input(scope);
    if (isNullish(document)) return null;
    if (!isDocument(document)) throw failure(4161105, `${name} requires 'input' to be an object`);
    const key = field(scope);
    if (typeof key !== 'string') throw failure(4161107, `${name} requires 'field' to be a string`);
    const changed = { ...document };
    setField(changed, key, value(scope));
    return changed;
  };
}
