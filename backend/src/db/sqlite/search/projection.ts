import { compileExpression } from '../aggregation/expression.ts';
import { withField } from '../aggregation/field-path.ts';
import { compileProject } from '../aggregation/project-tree.ts';
import { scopeOf } from '../aggregation/scope.ts';
import { badValue, serverError } from '../driver/errors.ts';
import { asNumber, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import { isTextScore, scoreOf } from './text-score.ts';
import { own } from '../values/paths.ts';
import { compileCondition } from './match-operators.ts';
import { matchedIndex } from './matched-index.ts';
import { compileFilter } from './matcher.ts';

export type Projection = {
  readonly apply: (document: Document) => Document;
  /** Whether fields are calculated: then documents have to be exact, and so are the results. */
  readonly isComputing: boolean;
};

/** How strings are compared, and what `let` gave. */
type Surroundings = {
  readonly collation?: Collation | undefined;
  readonly variables?: Document | undefined;
};

/** Changes an array of the result; what was found in the whole document is known too. */
type Step = (result: Document, document: Document) => Document;
type ArrayStep = {
  readonly path: string;
  readonly kind: 'slice' | 'elemMatch' | '$' | 'score';
  readonly apply: Step;
};

/**
 * Compiles a projection: inclusion, exclusion, `$slice`, `$elemMatch`, the positional `a.$`, computed
 * fields, the text score.
 *
 * @param spec went through `normalise`, as `filter` did, which `$` refers to, and `variables`
 * @throws MongoServerError for a mixture of the two kinds
 */
export function compileProjection(
  spec: Document | undefined,
  filter: Document = {},
  { collation, variables = {} }: Surroundings = {},
): Projection | undefined {
  const entries = Object.entries(spec ?? {});
  if (entries.length === 0) return undefined;
  const steps = entries.flatMap(([path, value]) => arrayStep(path, value, filter, collation) ?? []);
  const isPlain = (path: string, value: unknown): boolean =>
    !isArrayOperator(value) && !path.endsWith('.$') && !isTextScore(value);
  const plain = entries.filter(([path, value]) => isPlain(path, value));
  const others = plain.filter(([path]) => path !== '_id').map(([, value]) => value);
  const includesId = plain.some(([path, value]) => path === '_id' && isOn(value));
  // A $slice by itself keeps all other fields, the others by themselves keep only theirs.
  const isInclusion = others.some(isOn) || steps.some(({ kind }) => kind === '$');
  const isElemMatch = !isInclusion && others.length === 0 && steps.some(({ kind }) => kind === 'elemMatch');
  if (isInclusion || isElemMatch || (includesId && others.length === 0)) {
    for (const { path, kind } of steps) if (kind !== 'score') plain.push([path, true]);
  }
  const base = baseOf(Object.fromEntries(plain), variables);
  return {
    apply: (document) => steps.reduce((result, step) => step.apply(result, document), base(document)),
    isComputing: plain.some(([, value]) => isComputed(value)),
  };
}

function baseOf(spec: Document, given: Document): (document: Document) => Document {
  if (Object.keys(spec).length === 0) return (document) => document;
  const shape = compileProject(spec, (expression, added = []) =>
    compileExpression(expression, new Set([...Object.keys(given), ...added])),
  );
  const variables = { ...given, NOW: new Date() };
  return (document) => shape(document, scopeOf(document, variables));
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean' || asNumber(value) !== undefined;
}

function isOn(value: unknown): boolean {
  return value !== false && asNumber(value) !== 0;
}

function isComputed(value: unknown): boolean {
  if (isFlag(value)) return false;
  const [first] = isDocument(value) ? Object.keys(value) : [];
  if (!isDocument(value) || first === undefined || first.startsWith('$')) return true;
  return Object.values(value).some(isComputed);
}

function isArrayOperator(value: unknown): value is Document {
  if (!isDocument(value)) return false;
  const [name] = Object.keys(value);
  return name === '$elemMatch' || (name === '$slice' && isFindSlice(value['$slice']));
}

/** The aggregation expression of that name takes an array first. */
function isFindSlice(operand: unknown): boolean {
  return (Array.isArray(operand) ? operand : [operand]).every((part) => asNumber(part) !== undefined);
}

function arrayStep(
  path: string,
  value: unknown,
  filter: Document,
  collation: Collation | undefined,
): ArrayStep | undefined {
  if (isTextScore(value)) {
    const parts = path.split('.');
    return { path, kind: 'score', apply: (result, document) => withField(result, parts, scoreOf(document)) };
  }
  if (path.endsWith('.$')) {
    if (!isOn(value))
      throw serverError(31395, 'Location31395', 'positional projection cannot be an exclusion');
    return positional(path.slice(0, -2), filter, collation);
  }
  if (!isArrayOperator(value)) return undefined;
  const isSlice = '$slice' in value;
  const change = isSlice ? slice(value['$slice']) : firstMatch(value['$elemMatch'], collation);
  return { path, kind: isSlice ? 'slice' : 'elemMatch', apply: changing(path, change, isSlice) };
}

function changing(path: string, change: (items: unknown[]) => unknown[] | undefined, keeps: boolean): Step {
  const parts = path.split('.');
  return (result) => {
    const value = at(result, parts);
    if (Array.isArray(value)) return withField(result, parts, change(value));
    return keeps || value === undefined ? result : withField(result, parts, undefined);
  };
}

function positional(path: string, filter: Document, collation: Collation | undefined): ArrayStep {
  const parts = path.split('.');
  const apply: Step = (result, document) => {
    const array = at(document, parts);
    if (!Array.isArray(array)) return result;
    const found = matchedIndex(array, path, filter, collation);
    if (found !== undefined) return withField(result, parts, [array[found]]);
    const message = `positional operator '.$' couldn't find a matching element in the array`;
    throw serverError(51246, 'Location51246', message);
  };
  return { path, kind: '$', apply };
}

/** The value at a path that goes through documents only. */
function at(document: Document, parts: readonly string[]): unknown {
  let value: unknown = document;
  for (const part of parts) value = isDocument(value) ? own(value, part) : undefined;
  return value;
}

function slice(operand: unknown): (items: unknown[]) => unknown[] {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]).map(asNumber);
  if (first === undefined) throw badValue('$slice needs a number or [skip, limit]');
  if (second === undefined) return (items) => (first < 0 ? items.slice(first) : items.slice(0, first));
  if (second <= 0) throw badValue('$slice limit must be positive');
  return (items) => {
    const start = first < 0 ? Math.max(items.length + first, 0) : first;
    return items.slice(start, start + second);
  };
}

function firstMatch(
  condition: unknown,
  collation: Collation | undefined,
): (items: unknown[]) => unknown[] | undefined {
  const compileInner = (filter: Document): ReturnType<typeof compileFilter> =>
    compileFilter(filter, undefined, collation);
  const test = compileCondition({ $elemMatch: condition }, compileInner, collation);
  return (items) => {
    const found = items.find((item) => test([[item]]));
    return found === undefined ? undefined : [found];
  };
}
