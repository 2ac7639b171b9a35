import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { badValue, serverError } from '../driver/errors.ts';
import type { Collation } from '../values/collation.ts';
import { collectConditions } from '../search/filter-bounds.ts';
import { matchedIndex } from '../search/matched-index.ts';
import { compileFilter } from '../search/matcher.ts';
import type { Matcher } from '../search/matcher.ts';
import { isIndexPart, own } from '../values/paths.ts';

/** What an update's path may refer to: the filter that found the document, and the array filters. */
export type PathContext = {
  readonly filter: Document;
  readonly arrayFilters: ReadonlyMap<string, Matcher>;
  /** How strings are compared, else by their bytes. */
  readonly collation?: Collation | undefined;
};

const MAX_PADDING = 1500;

/** Compiles `arrayFilters`, by identifier. */
export function compileArrayFilters(
  filters: readonly unknown[],
  collation?: Collation,
): Map<string, Matcher> {
  const compiled = new Map<string, Matcher>();
  for (const filter of filters) {
    if (!isDocument(filter)) throw badValue('arrayFilters must hold documents');
    const names = new Set(
      [...collectConditions(filter).keys(), ...orPaths(filter)].map((path) => path.split('.')[0]),
    );
    const [name] = names;
    if (name === undefined || names.size !== 1) {
      throw badValue('each array filter must have exactly one top-level identifier');
    }
    if (compiled.has(name)) throw badValue(`several array filters for the identifier '${name}'`);
    compiled.set(name, compileFilter(filter, undefined, collation));
  }
  return compiled;
}

function orPaths(filter: Document): string[] {
  return ['$or', '$nor'].flatMap((key) => {
    const branches = filter[key];
    return Array.isArray(branches) ? branches.flatMap((branch: Document) => Object.keys(branch)) : [];
  });
}

/** Replaces `$`, `$[]` and `$[name]` in a path by the indexes that they stand for in this document. */
export function expandPath(
  document: Document,
  parts: readonly string[],
  context: PathContext,
): readonly (readonly string[])[] {
  if (!parts.some((part) => part.startsWith('$'))) return [parts];
  let expanded: string[][] = [[]];
  for (const part of parts) {
    expanded = part.startsWith('$')
      ? expanded.flatMap((before) =>
          indexesFor(document, before, part, context).map((at) => [...before, String(at)]),
        )
      : expanded.map((before) => [...before, part]);
  }
  return expanded;
}

function indexesFor(document: Document, before: string[], part: string, context: PathContext): number[] {
  const array = getAt(document, before);
  if (!Array.isArray(array)) {
    throw badValue(`The path '${before.join('.')}' must exist and be an array to apply '${part}'`);
  }
  if (part === '$') return [positionalIndex(array, before.join('.'), context)];
  const all = array.map((_, at) => at);
  if (part === '$[]') return all;
  const name = part.slice(2, -1);
  const matches = context.arrayFilters.get(name);
  return all.filter((at) => matches?.({ [name]: array[at] }) === true);
}

function positionalIndex(array: unknown[], path: string, { filter, collation }: PathContext): number {
  const found = matchedIndex(array, path, filter, collation);
  if (found !== undefined) return found;
  throw badValue('The positional operator did not find the match needed from the query.');
}

export function getAt(document: Document, parts: readonly string[]): unknown {
  let value: unknown = document;
  for (const part of parts) {
    if (Array.isArray(value) && isIndexPart(part)) value = value[Number(part)];
    else if (isDocument(value)) value = own(value, part);
    else return undefined;
  }
  return value;
}

/** Sets a value, making the documents on the way; arrays are filled up with null. */
export function setAt(document: Document, parts: readonly string[], value: unknown): void {
  let holder: unknown = document;
  parts.forEach((part, depth) => {
    const isLast = depth === parts.length - 1;
    const child = isLast ? value : childOf(holder, part);
    const next = !isLast && child === undefined ? {} : child;
    if (Array.isArray(holder) && isIndexPart(part)) setItem(holder, Number(part), next);
    else if (isDocument(holder)) define(holder, part, next);
    else throw notViable(parts, depth);
    holder = next;
  });
}

/** Refuses a path that leads through what has no fields: a number, text, a name in an array. */
export function requireViable(document: Document, parts: readonly string[]): void {
  let holder: unknown = document;
  for (const [depth, part] of parts.entries()) {
    if (holder === undefined) return;
    const isHolder = Array.isArray(holder) ? isIndexPart(part) : isDocument(holder);
    if (!isHolder) throw notViable(parts, depth);
    holder = childOf(holder, part);
  }
}

function childOf(holder: unknown, part: string): unknown {
  if (Array.isArray(holder)) return holder[Number(part)];
  return isDocument(holder) ? own(holder, part) : undefined;
}

function setItem(array: unknown[], at: number, value: unknown): void {
  if (at > array.length + MAX_PADDING) throw badValue(`can't backfill more than ${MAX_PADDING} elements`);
  while (array.length < at) array.push(null);
  array[at] = value;
}

function define(holder: Document, key: string, value: unknown): void {
  if (key === '__proto__') throw badValue("the field name '__proto__' is not allowed");
  holder[key] = value;
}

export function unsetAt(document: Document, parts: readonly string[]): void {
  const holder = getAt(document, parts.slice(0, -1));
  const last = parts.at(-1) ?? '';
  if (Array.isArray(holder) && isIndexPart(last) && Number(last) < holder.length) holder[Number(last)] = null;
  else if (isDocument(holder)) delete holder[last];
}

function notViable(parts: readonly string[], depth: number): Error {
  const field = parts[depth] ?? '';
  const message = `Cannot create field '${field}' in element {${parts.slice(0, depth).join('.')}}`;
  return serverError(28, 'PathNotViable', message);
}
