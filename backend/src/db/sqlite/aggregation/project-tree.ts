import { asNumber, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { serverError } from '../driver/errors.ts';
import { failure } from './failure.ts';
import { setField } from './field-path.ts';
import type { Compile } from './operator.ts';
import type { Evaluator, Scope } from './scope.ts';

/** What becomes of one field: kept, dropped, computed, or more is said of the fields in it. */
type Leaf = 'keep' | 'drop' | Evaluator;
type Node = { readonly fields: Map<string, Leaf | Node>; isComputing: boolean };

export type Shape = (document: Document, scope: Scope) => Document;

/**
 * Compiles `$project`'s document: inclusion or exclusion, with computed fields in an inclusion.
 *
 * @throws MongoServerError for a mixture of the two kinds
 */
export function compileProject(spec: unknown, compile: Compile): Shape {
  if (!isDocument(spec) || Object.keys(spec).length === 0) {
    throw failure(51272, 'projection specification must have at least one field');
  }
  const root = newNode();
  addFields(root, spec, compile, true);
  const id = root.fields.get('_id');
  root.fields.delete('_id');
  const kinds = new Set(leavesOf(root).map((leaf) => (leaf === 'drop' ? 'drop' : 'keep')));
  if (kinds.size > 1) {
    throw serverError(31254, 'Location31254', 'Cannot mix inclusion and exclusion in a projection');
  }
  const isExclusion = kinds.size === 0 ? id === 'drop' : kinds.has('drop');
  if (isExclusion && id !== undefined) root.fields.set('_id', id);
  else if (id !== 'drop') root.fields.set('_id', id ?? 'keep');
  if (isExclusion) return (document) => exclude(document, root);
  return (document, scope) => {
    const kept = include(document, root);
    return root.isComputing ? compute(kept, root, scope) : kept;
  };
}

/** Compiles `$addFields`' document: every field of it is computed. */
export function compileAddFields(spec: unknown, compile: Compile): Shape {
  if (!isDocument(spec) || Object.keys(spec).length === 0) {
    throw failure(40177, '$addFields specification must have at least one field');
  }
  const root = newNode();
  addFields(root, spec, compile, false);
  return (document, scope) => compute({ ...document }, root, scope);
}

/** Drops the fields at some paths. */
export function compileUnset(paths: readonly string[]): (document: Document) => Document {
  const root = newNode();
  for (const path of paths) place(root, path, 'drop');
  return (document) => exclude(document, root);
}

function newNode(): Node {
  return { fields: new Map(), isComputing: false };
}

function addFields(node: Node, spec: Document, compile: Compile, hasFlags: boolean, prefix = ''): void {
  for (const [path, value] of Object.entries(spec)) {
    const isFlag = hasFlags && (typeof value === 'boolean' || asNumber(value) !== undefined);
    const [first] = isDocument(value) ? Object.keys(value) : [];
    if (isDocument(value) && first !== undefined && !first.startsWith('$')) {
      addFields(node, value, compile, hasFlags, `${prefix}${path}.`);
    } else if (isFlag) {
      place(node, prefix + path, value === false || asNumber(value) === 0 ? 'drop' : 'keep');
    } else {
      place(node, prefix + path, compile(value));
    }
  }
}

function place(root: Node, path: string, leaf: Leaf): void {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  if ([...parts, last].some((part) => part === '' || part.startsWith('$'))) {
    throw failure(16410, `'${path}' is no valid field path of a projection`);
  }
  let node = root;
  const isComputing = typeof leaf === 'function';
  node.isComputing ||= isComputing;
  for (const part of parts) {
    const known = node.fields.get(part);
    const next = known === undefined ? newNode() : known;
    if (typeof next !== 'object') throw collision(path);
    node.fields.set(part, next);
    node = next;
    node.isComputing ||= isComputing;
  }
  if (node.fields.has(last)) throw collision(path);
  node.fields.set(last, leaf);
}

function collision(path: string): Error {
  return serverError(31249, 'Location31249', `Path collision at ${path}`);
}

function leavesOf(node: Node): Leaf[] {
  return [...node.fields.values()].flatMap((field) =>
    typeof field === 'object' ? leavesOf(field) : [field],
  );
}

function include(document: Document, node: Node): Document {
  const result: Document = {};
  for (const [name, value] of Object.entries(document)) {
    const field = node.fields.get(name);
    if (field === 'keep') setField(result, name, value);
    else if (typeof field === 'object')
      setField(
        result,
        name,
        within(value, (item) => include(item, field)),
      );
  }
  return result;
}

function exclude(document: Document, node: Node): Document {
  const result: Document = {};
  for (const [name, value] of Object.entries(document)) {
    const field = node.fields.get(name);
    if (field === undefined || field === 'keep') setField(result, name, value);
    else if (typeof field === 'object')
      setField(
        result,
        name,
        within(value, (item) => exclude(item, field), true),
      );
  }
  return result;
}

/** Sets the computed fields in the document given. */
function compute(document: Document, node: Node, scope: Scope): Document {
  for (const [name, field] of node.fields) {
    if (typeof field === 'function') setField(document, name, field(scope));
    else if (typeof field === 'object' && field.isComputing) {
      const value = Object.hasOwn(document, name) ? document[name] : undefined;
      setField(document, name, computeWithin(value, field, scope));
    }
  }
  return document;
}

function computeWithin(value: unknown, node: Node, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => computeWithin(item, node, scope));
  return compute(isDocument(value) ? { ...value } : {}, node, scope);
}

/** Goes on into a document, or into each document of an array; `keeps` says what becomes of other values. */
function within(value: unknown, go: (item: Document) => Document, keeps = false): unknown {
  if (isDocument(value)) return go(value);
  if (!Array.isArray(value)) return keeps ? value : undefined;
  const items = value.map((item) => within(item, go, keeps));
  return keeps ? items : items.filter((item) => item !== undefined);
}
