import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { own } from '../values/paths.ts';

/**
 * What `$a.b` stands for: fields of documents, and of each document of an array on the way; array
 * indexes have no meaning here. Missing is `undefined`.
 */
export function fieldAt(value: unknown, parts: readonly string[], at = 0): unknown {
  const part = parts[at];
  if (part === undefined) return value;
  if (isDocument(value)) return fieldAt(own(value, part), parts, at + 1);
  if (!Array.isArray(value) || at === 0) return undefined;
  return value
    .filter(isDocument)
    .map((item) => fieldAt(item, parts, at))
    .filter((item) => item !== undefined);
}

/** Sets a field of the document itself, whatever its name; `undefined` takes it away. */
export function setField(document: Document, name: string, value: unknown): void {
  if (value === undefined) {
    delete document[name];
  } else if (name === '__proto__') {
    Object.defineProperty(document, name, { value, enumerable: true, writable: true, configurable: true });
  } else {
    document[name] = value;
  }
}

/** A copy of a document with another value at a path, which goes through documents only. */
export function withField(document: Document, parts: readonly string[], value: unknown): Document {
  const [first = '', ...rest] = parts;
  const copy = { ...document };
  const inner = copy[first];
  if (rest.length === 0) setField(copy, first, value);
  else if (isDocument(inner)) setField(copy, first, withField(inner, rest, value));
  else if (value !== undefined) setField(copy, first, withField({}, rest, value));
  return copy;
}
