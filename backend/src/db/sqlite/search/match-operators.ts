import { asNumber, BSONRegExp, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { isOfType, parseTypeName } from '../values/bson-types.ts';
import type { Collation } from '../values/collation.ts';
import { equalUnder, orderUnder, sameBracket } from '../values/compare.ts';
import { isEndKey } from '../values/key-encoding.ts';
import { badValue, unsupported } from '../driver/errors.ts';
import { compileBits } from './match-bits.ts';
import { WholeArray } from '../values/paths.ts';
import { toRegExp } from '../values/regex.ts';

/**
 * Tests what a path reached. Each value may itself be an array, whose elements count too, except for
 * `isSingle`: `$elemMatch` looks at one element and not inside it.
 */
export type ValuesTest = (reached: readonly unknown[], isSingle?: boolean) => boolean;
export type CompileFilter = (filter: Document) => (document: Document) => boolean;
/** How the filters inside of an operator are compiled, and how values are compared. */
type Context = { readonly compileFilter: CompileFilter; readonly collation: Collation | undefined };
type OperatorCompiler = (operand: unknown, context: Context, siblings: Document) => ValuesTest;

const OPERATORS: Record<string, OperatorCompiler> = {
  $eq: equals,
  $ne: (operand, context) => negate(equals(operand, context)),
  $in: isIn,
  $nin: (operand, context) => negate(isIn(operand, context)),
  $gt: (operand, context) => compares(operand, context, (order) => order > 0, false),
  $gte: (operand, context) => compares(operand, context, (order) => order >= 0, true),
  $lt: (operand, context) => compares(operand, context, (order) => order < 0, false),
  $lte: (operand, context) => compares(operand, context, (order) => order <= 0, true),
  $exists: (operand) => {
    const wanted = isTrue(operand);
    return (reached) => reached.some((value) => value !== undefined) === wanted;
  },
  $type: (operand) => {
    const types = (Array.isArray(operand) ? operand : [operand]).map(parseTypeName);
    return anyElement((value) => types.some((type) => isOfType(value, type)));
  },
  $regex: (operand, _, siblings) => matchesRegex(toRegExp(operand, siblings['$options'])),
  $options: (_, __, siblings) => {
    if (!('$regex' in siblings)) throw badValue('$options needs a $regex');
    return () => true;
  },
  $mod: modulo,
  $bitsAllSet: (operand) => anyElement(compileBits(operand, true, true)),
  $bitsAnySet: (operand) => anyElement(compileBits(operand, true, false)),
  $bitsAllClear: (operand) => anyElement(compileBits(operand, false, true)),
  $bitsAnyClear: (operand) => anyElement(compileBits(operand, false, false)),
  $size: (operand) => {
    const size = asNumber(operand);
    if (size === undefined || !Number.isInteger(size) || size < 0) {
      throw badValue('$size must be a whole number');
    }
    return (reached) => reached.some((value) => arrayOf(value)?.length === size);
  },
  $all: all,
  $elemMatch: elemMatch,
  $not: (operand, context) => negate(compileNot(operand, context)),
};

/**
 * Compiles what stands at a path of a filter: a value, a regular expression or operators.
 *
 * @param collation how strings are compared; regular expressions do not heed it
 */
export function compileCondition(
  condition: unknown,
  compileFilter: CompileFilter,
  collation?: Collation,
): ValuesTest {
  const context = { compileFilter, collation };
  if (condition instanceof RegExp || condition instanceof BSONRegExp) return equals(condition, context);
  if (!isOperatorDocument(condition)) return equals(condition, context);
  const tests = Object.entries(condition).map(([name, operand]) => {
    const compile = OPERATORS[name];
    if (compile === undefined) throw unsupported(`the query operator ${name}`);
    return compile(operand, context, condition);
  });
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (reached, isSingle) => tests.every((test) => test(reached, isSingle));
}

export function isOperatorDocument(value: unknown): value is Document {
  if (!isDocument(value)) return false;
  const [first] = Object.keys(value);
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id';
}

function negate(test: ValuesTest): ValuesTest {
  return (reached, isSingle) => !test(reached, isSingle);
}

/** Tries each value, and each element where it is an array. */
function anyElement(test: (value: unknown) => boolean): ValuesTest {
  return (reached, isSingle = false) =>
    reached.some((value) => {
      if (value instanceof WholeArray) return test(value.items);
      return test(value) || (!isSingle && Array.isArray(value) && value.some((item) => test(item)));
    });
}

function equals(operand: unknown, { collation }: Context): ValuesTest {
  if (operand === null || operand === undefined) {
    return anyElement((value) => value === undefined || value === null);
  }
  if (operand instanceof RegExp || operand instanceof BSONRegExp) return matchesRegex(toRegExp(operand));
  const equal = equalUnder(collation);
  return anyElement((value) => value !== undefined && equal(value, operand));
}

function isIn(operand: unknown, context: Context): ValuesTest {
  if (!Array.isArray(operand)) throw badValue('$in needs an array');
  const tests = operand.map((item) => {
    if (isOperatorDocument(item)) throw badValue('cannot nest $ under $in');
    return equals(item, context);
  });
  return (reached, isSingle) => tests.some((test) => test(reached, isSingle));
}

function compares(
  operand: unknown,
  context: Context,
  accepts: (order: number) => boolean,
  acceptsEqual: boolean,
): ValuesTest {
  if (operand === null || operand === undefined) return acceptsEqual ? equals(null, context) : () => false;
  if (operand instanceof BSONRegExp) throw badValue('Can not have a regular expression in a comparison');
  const order = orderUnder(context.collation);
  // The only ones that are compared with values of every type.
  if (isEndKey(operand)) return anyElement((value) => accepts(order(value ?? null, operand)));
  return anyElement(
    (value) =>
      value !== undefined &&
      sameBracket(value, operand) &&
      // NaN is neither less nor greater than a number.
      isNaNumber(value) === isNaNumber(operand) &&
      accepts(order(value, operand)),
  );
}

function matchesRegex(expression: RegExp): ValuesTest {
  return anyElement((value) => typeof value === 'string' && expression.test(value));
}

function modulo(operand: unknown): ValuesTest {
  const [divisor, remainder] = (Array.isArray(operand) ? operand : []).map(asNumber);
  if (divisor === undefined || remainder === undefined || divisor === 0) {
    throw badValue('malformed mod, needs [divisor, remainder]');
  }
  return anyElement((value) => {
    const number = typeof value === 'bigint' ? Number(value) : asNumber(value);
    return number !== undefined && Math.trunc(number) % Math.trunc(divisor) === Math.trunc(remainder);
  });
}

function all(operand: unknown, context: Context): ValuesTest {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  const tests = operand.map((item) =>
    isDocument(item) && '$elemMatch' in item ? elemMatch(item['$elemMatch'], context) : equals(item, context),
  );
  return (reached) => tests.length > 0 && tests.every((test) => test(reached));
}

function elemMatch(operand: unknown, { compileFilter, collation }: Context): ValuesTest {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  const logical = Object.keys(operand).some((key) => ['$and', '$or', '$nor'].includes(key));
  if (isOperatorDocument(operand) && !logical) {
    const test = compileCondition(operand, compileFilter, collation);
    return anyItem((item) => test([item], true));
  }
  const matches = compileFilter(operand);
  return anyItem((item) => isDocument(item) && matches(item));
}

function anyItem(test: (item: unknown) => boolean): ValuesTest {
  return (reached) => reached.some((value) => arrayOf(value)?.some((item) => test(item)) === true);
}

function arrayOf(value: unknown): readonly unknown[] | undefined {
  if (value instanceof WholeArray) return value.items;
  return Array.isArray(value) ? (value as unknown[]) : undefined;
}

function compileNot(operand: unknown, { compileFilter, collation }: Context): ValuesTest {
  const isRegex = operand instanceof RegExp || operand instanceof BSONRegExp;
  if (!isRegex && !isOperatorDocument(operand)) throw badValue('$not needs a regex or a document');
  return compileCondition(operand, compileFilter, collation);
}

function isTrue(value: unknown): boolean {
  return typeof value === 'boolean' ? value : asNumber(value) !== 0 && value !== null;
}

function isNaNumber(value: unknown): boolean {
  return Number.isNaN(asNumber(value) ?? 0);
}
