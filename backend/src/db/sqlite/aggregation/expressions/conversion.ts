import { isDocument } from '../../values/bson.ts';
import { mongo } from 'mongoose';
import { parseTypeName, typeNameOf } from '../../values/bson-types.ts';
import { convertValue } from '../convert-value.ts';
import { double, isNumber } from '../numbers.ts';
import { unsupported } from '../../driver/errors.ts';
import { scoreOf } from '../../search/text-score.ts';
import { isNullish, namedOperands, nullable, ofValues } from '../operator.ts';
import type { Operators } from '../operator.ts';

const CONVERSION_FAILURE = 241;

/** Types, asked for and changed, and what a search knows of a document. */
export const conversionOperators: Operators = {
  $type: ofValues('$type', 1, (value) => typeNameOf(value) ?? 'missing'),
  $isNumber: ofValues('$isNumber', 1, isNumber),
  $toBool: nullable('$toBool', 1, (value) => convertValue(value, 'bool')),
  $toInt: nullable('$toInt', 1, (value) => convertValue(value, 'int')),
  $toLong: nullable('$toLong', 1, (value) => convertValue(value, 'long')),
  $toDouble: nullable('$toDouble', 1, (value) => convertValue(value, 'double')),
  $toDecimal: nullable('$toDecimal', 1, (value) => convertValue(value, 'decimal')),
  $toDate: nullable('$toDate', 1, (value) => convertValue(value, 'date')),
  $toObjectId: nullable('$toObjectId', 1, (value) => convertValue(value, 'objectId')),
  $toString: nullable('$toString', 1, (value) => convertValue(value, 'string')),

  $meta: (operand) => {
    if (operand !== 'textScore') throw unsupported(`$meta: '${String(operand)}'`);
    return ({ root }) => double(scoreOf(isDocument(root) ? root : {}));
  },

  $convert: (operand, compile) => {
    const parts = namedOperands('$convert', operand, ['input', 'to'], ['onError', 'onNull']);
    const input = compile(parts.input);
    const to = compile(parts.to);
    const onNull = 'onNull' in parts ? compile(parts.onNull) : () => null;
    const onError = 'onError' in parts ? compile(parts.onError) : undefined;
    return (scope) => {
      const value = input(scope);
      const type = to(scope);
      if (isNullish(value)) return onNull(scope);
      if (isNullish(type)) return null;
      const name = parseTypeName(isDocument(type) ? type['type'] : type);
      try {
        return convertValue(value, name);
      } catch (error) {
        const isExpected = error instanceof mongo.MongoServerError && error.code === CONVERSION_FAILURE;
        if (onError === undefined || !isExpected) throw error;
        return onError(scope);
      }
    };
  },
};
