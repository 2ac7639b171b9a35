import { asNumber, isDocument, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { badValue, serverError, unsupported } from '../driver/errors.ts';
import { runPipeline } from '../aggregation/run-pipeline.ts';
import { compileCondition } from './match-operators.ts';
import { compileFilter } from './matcher.ts';
import { normalise, normaliseValue } from '../values/bson.ts';
import { isTextScore, scoreOf } from './text-score.ts';
import { own } from '../values/paths.ts';

export type Projection = (document: Document) => Document;

/** A tree of the paths that a projection names. */
type Tree = Map<string, Tree | true>;

/**
 * Compiles a projection: inclusion, exclusion, `$slice`, `$elemMatch`, computed fields.
 *
 * @throws MongoServerError for a mixture of the two kinds, and for what is not supported
 */
export function compileProjection(spec: Document | undefined | null): Projection | undefined {
  const entries = Object.entries(spec ?? {});
  if (entries.length === 0) return undefined;
  if (entries.some(([, value]) => isTextScore(value))) return scored(entries);
  const flags = entries.filter(([path, value]) => path !== '_id' && isFlag(value));
  const including = flags.filter(([, value]) => isOn(value));
  if (including.length > 0 && including.length < flags.length) {
    throw serverError(31254, 'Location31254', 'Cannot mix inclusion and exclusion in a projection');
  }
  const operators = entries.filter(([, value]) => !isFlag(value));
  const id = entries.find(([path]) => path === '_id');
  const includesId = id === undefined || isOn(id[1]);
  const arrayOperators = operators.filter(([, value]) => isArrayOperator(value));
  if (arrayOperators.length < operators.length) return computed(spec ?? {});
  if (entries.some(([path]) => path.split('.').includes('$')))
    throw unsupported('the positional projection $');

  const onlyElemMatch = arrayOperators.some(([, value]) => '$elemMatch' in (value as Document));
  const isInclusion =
    including.length > 0 || (flags.length === 0 && ((id !== undefined && includesId) || onlyElemMatch));
  const steps = arrayOperators.map(([path, value]) => arrayStep(path, value as Document));
  const base = isInclusion
    ? inclusion([...including.map(([path]) => path), ...arrayOperators.map(([path]) => path)], includesId)
    : exclusion([...flags.map(([path]) => path), ...(includesId ? [] : ['_id'])]);
  if (steps.length === 0) return base;
  return (document) => {
    const result = base(document);
    for (const step of steps) step(result);
    return result;
  };
}

/** A projection with `{ $meta: 'textScore' }` in it, which leaves the other fields to the rest of it. */
function scored(entries: readonly (readonly [string, unknown])[]): Projection {
  const paths = entries.filter(([, value]) => isTextScore(value)).map(([path]) => path);
  const others = entries.filter(([, value]) => !isTextScore(value));
  const project = compileProjection(Object.fromEntries(others));
  return (document) => {
    const added = Object.fromEntries(paths.map((path) => [path, scoreOf(document)]));
    return { ...(project === undefined ? document : project(document)), ...added };
  };
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean' || asNumber(value) !== undefined;
}

function isOn(value: unknown): boolean {
  return value === true || (value !== false && asNumber(value) !== 0);
}

function isArrayOperator(value: unknown): boolean {
  if (!isDocument(value)) return false;
  const [name] = Object.keys(value);
  return name === '$slice' || name === '$elemMatch';
}

function inclusion(paths: string[], includesId: boolean): Projection {
  const tree = treeOf(includesId ? ['_id', ...paths] : paths);
  return (document) => pick(document, tree);
}

function exclusion(paths: string[]): Projection {
  const tree = treeOf(paths);
  return (document) => omit(document, tree);
}

function treeOf(paths: string[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    let node = root;
    const parts = path.split('.');
    parts.forEach((part, at) => {
      const known = node.get(part);
      if (known === true) return;
      if (at === parts.length - 1) node.set(part, true);
      else if (known === undefined) node.set(part, new Map());
      const next = node.get(part);
      if (next instanceof Map) node = next;
    });
  }
  return root;
}

function pick(document: Document, tree: Tree): Document {
  const result: Document = {};
  for (const [key, value] of Object.entries(document)) {
    const node = tree.get(key);
    if (node === true) result[key] = value;
    else if (node !== undefined) {
      const inner = within(value, (item) => pick(item, node), false);
      if (inner !== undefined) result[key] = inner;
    }
  }
  return result;
}

function omit(document: Document, tree: Tree): Document {
  const result: Document = {};
  for (const [key, value] of Object.entries(document)) {
    const node = tree.get(key);
    if (node === undefined) result[key] = value;
    else if (node !== true) result[key] = within(value, (item) => omit(item, node), true);
  }
  return result;
}

/** Goes on into a document, or into each document of an array; `keep` says what becomes of other values. */
function within(value: unknown, go: (item: Document) => Document, keep: boolean): unknown {
  if (isDocument(value)) return go(value);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => within(item, go, keep));
    return keep ? items : items.filter((item) => item !== undefined);
  }
  return keep ? value : undefined;
}

function arrayStep(path: string, operator: Document): (result: Document) => void {
  const change = '$slice' in operator ? slice(operator['$slice']) : firstMatch(operator['$elemMatch']);
  const parts = path.split('.');
  const last = parts.pop() ?? path;
  return (result) => {
    let holder: unknown = result;
    for (const part of parts) holder = isDocument(holder) ? own(holder, part) : undefined;
    if (!isDocument(holder)) return;
    const value = own(holder, last);
    const changed = Array.isArray(value) ? change(value) : '$slice' in operator ? value : undefined;
    if (changed === undefined) delete holder[last];
    else holder[last] = changed;
  };
}

function slice(operand: unknown): (items: unknown[]) => unknown[] {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]).map(asNumber);
  if (first === undefined) throw badValue('$slice needs a number or [skip, limit]');
  if (second === undefined) return (items) => (first < 0 ? items.slice(first) : items.slice(0, first));
  return (items) => {
    const start = first < 0 ? Math.max(items.length + first, 0) : first;
    return items.slice(start, start + second);
  };
}

function firstMatch(condition: unknown): (items: unknown[]) => unknown[] | undefined {
  const test = compileCondition({ $elemMatch: normaliseValue(condition) }, compileFilter);
  return (items) => {
    const found = items.find((item) => test([[item]]));
    return found === undefined ? undefined : [found];
  };
}

function computed(spec: Document): Projection {
  const pipeline = [{ $project: normalise(spec) }];
  const read = (): never => {
    throw unsupported('reading a collection in a projection');
  };
  return (document) => {
    const [result = {}] = runPipeline({ documents: [normalise(document)], pipeline, read });
    return promote(result);
  };
}
