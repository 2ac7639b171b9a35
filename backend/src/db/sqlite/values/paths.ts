import { isDocument } from './bson.ts';
import type { Document } from './bson.ts';
import { EMPTY_ARRAY } from './key-encoding.ts';

/** Whether a path's part may be an array's index. */
export function isIndexPart(part: string): boolean {
  return /^(0|[1-9]\d*)$/.test(part);
}

/**
 * Everything that a dotted path reaches, as MongoDB's queries see it: arrays on the way are passed
 * through by index and by element; `undefined` stands for a missing field.
 */
export function valuesAt(document: unknown, path: string): unknown[] {
  return matchValuesAt(document, path).map((value) => (value instanceof WholeArray ? value.items : value));
}

/** An array that a path named by its index (`a.0`): a filter looks at it, not at its elements. */
export class WholeArray {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** The same for filters, which tell an array that was named by its index from one that was reached. */
export function matchValuesAt(document: unknown, path: string): unknown[] {
  if (!path.includes('.') && isDocument(document)) return [own(document, path)];
  const found: unknown[] = [];
  collect(document, path.split('.'), 0, found);
  return found;
}

function collect(value: unknown, parts: readonly string[], at: number, found: unknown[]): void {
  const part = parts[at];
  if (part === undefined) {
    found.push(value);
  } else if (Array.isArray(value)) {
    if (isIndexPart(part) && Number(part) < value.length) {
      const item: unknown = value[Number(part)];
      const isEnd = at === parts.length - 1;
      if (isEnd && Array.isArray(item)) found.push(new WholeArray(item));
      else collect(item, parts, at + 1, found);
    }
    for (const item of value) if (isDocument(item)) collect(item, parts, at, found);
  } else if (isDocument(value)) {
    collect(own(value, part), parts, at + 1, found);
  } else {
    found.push(undefined);
  }
}

/**
 * What an index holds for a path: each element of an array by itself, null for what is missing.
 * `isArray` tells whether an array was met, `isMissing` that there was no such field at all.
 */
export function indexValuesAt(
  document: Document,
  path: string,
): { values: unknown[]; isArray: boolean; isMissing: boolean } {
  const simple = path.includes('.') ? undefined : own(document, path);
  if (simple !== undefined && !Array.isArray(simple)) {
    return { values: [simple], isArray: false, isMissing: false };
  }
  const reached = valuesAt(document, path);
  const isArray = reached.length !== 1 || Array.isArray(reached[0]) || meetsArray(document, path);
  const values = reached.flatMap((value) => {
    if (!Array.isArray(value)) return [value];
    return value.length === 0 ? [EMPTY_ARRAY] : (value as unknown[]);
  });
  const isMissing = values.every((value) => value === undefined);
  return { values: values.length === 0 ? [null] : values, isArray, isMissing };
}

function meetsArray(document: Document, path: string): boolean {
  let value: unknown = document;
  for (const part of path.split('.')) {
    if (!isDocument(value)) return Array.isArray(value);
    value = own(value, part);
  }
  return Array.isArray(value);
}

/** A field of the document itself; never something inherited. */
export function own(document: Document, key: string): unknown {
  return Object.hasOwn(document, key) ? document[key] : undefined;
}
