import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import { badValue, unsupported } from '../driver/errors.ts';
import { compileCondition } from './match-operators.ts';
import type { CompileFilter } from './match-operators.ts';
import { matchValuesAt } from '../values/paths.ts';

export type Matcher = (document: Document) => boolean;
/** Compiles what stands under `$expr` into a test. */
export type CompileExpr = (expression: unknown) => Matcher;

/**
 * Compiles a filter into a test of documents, with MongoDB's meaning: arrays match by their elements,
 * null matches what is missing, ranges compare within one type only.
 *
 * @param filter a filter that went through `normalise`
 * @param compileExpr what compiles `$expr`; without it that is refused, as it is with a collation
 * @param collation how strings are compared, else by their bytes
 * @throws MongoServerError that names an operator which is not supported
 */
export function compileFilter(filter: Document, compileExpr?: CompileExpr, collation?: Collation): Matcher {
  const compileInner = (inner: Document): Matcher => compileFilter(inner, compileExpr, collation);
  const tests: Matcher[] = [];
  for (const key of Object.keys(filter)) {
    const condition = filter[key];
    if (key === '$comment') continue;
    tests.push(
      key.startsWith('$')
        ? compileLogical(key, condition, compileInner, collation === undefined ? compileExpr : undefined)
        : compileField(key, condition, compileInner, collation),
    );
  }
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (document) => tests.every((test) => test(document));
}

function compileField(
  path: string,
  condition: unknown,
  compileInner: CompileFilter,
  collation: Collation | undefined,
): Matcher {
  const test = compileCondition(condition, compileInner, collation);
  return (document) => test(matchValuesAt(document, path));
}

function compileLogical(
  operator: string,
  operand: unknown,
  compileInner: CompileFilter,
  compileExpr: CompileExpr | undefined,
): Matcher {
  if (operator === '$expr' && compileExpr !== undefined) return compileExpr(operand);
  if (operator !== '$and' && operator !== '$or' && operator !== '$nor') {
    const place = operator === '$text' ? ' inside of $or or $nor, or behind the first stage' : '';
    throw unsupported(`the query operator ${operator}${place}`);
  }
  if (!Array.isArray(operand) || operand.length === 0 || !operand.every(isDocument)) {
    throw badValue(`${operator} must be a nonempty array of filters`);
  }
  const branches = operand.map((branch) => compileInner(branch));
  if (operator === '$and') return (document) => branches.every((branch) => branch(document));
  const some: Matcher = (document) => branches.some((branch) => branch(document));
  return operator === '$or' ? some : (document) => !some(document);
}
