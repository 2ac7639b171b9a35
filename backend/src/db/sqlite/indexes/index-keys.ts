import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { serverError } from '../driver/errors.ts';
import type { IndexSpec } from './index-spec.ts';
import { parseCollation } from '../values/collation.ts';
import { encodeCompound } from '../values/key-encoding.ts';
import { compileFilter } from '../search/matcher.ts';
import type { Matcher } from '../search/matcher.ts';
import { indexValuesAt, own } from '../values/paths.ts';

/** One entry of an index: the key's bytes, and the values for an error message. */
export type IndexKey = { readonly bytes: Uint8Array; readonly values: readonly unknown[] };
export type IndexKeys = { readonly keys: readonly IndexKey[]; readonly isMultikey: boolean };

/** Finds a document's entries in one index. */
export type KeyExtractor = (document: Document) => IndexKeys;

const NONE: IndexKeys = { keys: [], isMultikey: false };

/**
 * Compiles an index into what takes a document's keys: one, none (sparse or partial), or one for each
 * element of an array.
 *
 * @throws MongoServerError 171 where two of the indexed fields are arrays
 */
export function compileKeys(spec: IndexSpec): KeyExtractor {
  const collation = parseCollation(spec.collation);
  const belongs: Matcher | undefined = spec.partial && compileFilter(spec.partial, undefined, collation);
  const descending = spec.fields.map(([, direction]) => direction === -1);
  const keysOf = (document: Document): IndexKeys => {
    const parts = spec.fields.map(([path]) => indexValuesAt(document, path));
    const isMultikey = parts.some((part) => part.isArray);
    if (
      spec.hashed !== undefined &&
      parts.some(({ isArray }, at) => isArray && spec.fields[at]?.[0] === spec.hashed)
    )
      throw serverError(
        16766,
        'Location16766',
        `hashed indexes do not currently support array values, at '${spec.hashed}'`,
      );
    if (!isMultikey) {
      const values = parts.map((part) => part.values[0]);
      return { keys: [toKey(values)], isMultikey };
    }
    if (parts.filter((part) => part.isArray).length > 1) return { keys: byElement(document), isMultikey };
    return { keys: combinations(parts.map((part) => part.values)).map(toKey), isMultikey };
  };
  const toKey = (values: readonly unknown[]): IndexKey => ({
    bytes: encodeCompound(values, descending, collation?.keyOf),
    values,
  });
  /** Two paths through one array (`a.b`, `a.c`) go together, element by element. */
  const byElement = (document: Document): IndexKey[] => {
    const found = spec.fields.map(([path]) => arrayOn(document, path.split('.')));
    const [first, ...others] = found.filter((array) => array !== undefined);
    const isOne = others.every((array) => array.items === first?.items);
    const isItself = spec.fields.some(([path]) => path === first?.parts.join('.'));
    if (first === undefined || !isOne || isItself) return refuseParallelArrays(spec);
    const elements: readonly unknown[] = first.items.length === 0 ? [null] : first.items;
    return elements.flatMap((item) => keysOf(replaceAt(document, first.parts, item)).keys);
  };
  const paths = spec.fields.map(([path]) => path);
  /** Nearly always the fields are the document's own and no arrays. */
  const plainKey = (document: Document): IndexKey | undefined => {
    const values: unknown[] = [];
    for (const path of paths) {
      const value = path.includes('.') ? undefined : own(document, path);
      if (value === undefined || Array.isArray(value)) return undefined;
      values.push(value);
    }
    return toKey(values);
  };
  return (document) => {
    if (belongs !== undefined && !belongs(document)) return NONE;
    const plain = plainKey(document);
    if (plain !== undefined) return { keys: [plain], isMultikey: false };
    if (spec.sparse && spec.fields.every(([path]) => indexValuesAt(document, path).isMissing)) return NONE;
    const found = keysOf(document);
    return found.isMultikey ? { keys: distinct(found.keys, descending), isMultikey: true } : found;
  };
}

/** An array may hold a value twice; its entry in the index is one. Values that only share a key stay apart. */
function distinct(keys: readonly IndexKey[], descending: readonly boolean[]): IndexKey[] {
  const identity = ({ values }: IndexKey): string =>
    Buffer.from(encodeCompound(values, descending)).toString('latin1');
  return [...new Map(keys.map((key) => [identity(key), key])).values()];
}

/** The first array on a path, and the part of the path that leads to it. */
function arrayOn(
  document: Document,
  parts: readonly string[],
): { items: readonly unknown[]; parts: readonly string[] } | undefined {
  let value: unknown = document;
  for (const [at, part] of parts.entries()) {
    if (!isDocument(value)) return undefined;
    value = own(value, part);
    if (Array.isArray(value)) return { items: value, parts: parts.slice(0, at + 1) };
  }
  return undefined;
}

/** A copy in which something else stands at a path of documents. */
function replaceAt(document: Document, [part = '', ...rest]: readonly string[], value: unknown): Document {
  const inner = own(document, part);
  return {
    ...document,
    [part]: isDocument(inner) && rest.length > 0 ? replaceAt(inner, rest, value) : value,
  };
}

function combinations(columns: readonly (readonly unknown[])[]): unknown[][] {
  return columns.reduce<unknown[][]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value])),
    [[]],
  );
}

function refuseParallelArrays(spec: IndexSpec): never {
  const names = spec.fields.map(([path]) => `[${path}]`).join(' ');
  throw serverError(171, 'CannotIndexParallelArrays', `cannot index parallel arrays ${names}`);
}
