import type { Document } from '../values/bson.ts';
import { badValue } from '../driver/errors.ts';
import { getAt, requireViable, setAt, unsetAt } from './update-paths.ts';

/** Refuses what `$rename` cannot be given, whatever the documents are. */
export function checkRename(path: string, to: unknown): void {
  if (typeof to !== 'string') throw badValue(`The 'to' field for $rename must be a string, at '${path}'`);
  for (const [name, side] of [
    [path, 'source'],
    [to, 'destination'],
  ] as const) {
    if (name.split('.').some((part) => part.startsWith('$')))
      throw badValue(`The ${side} field for $rename may not be dynamic: ${name}`);
  }
  if (path === to) throw badValue(`The source and target field for $rename must differ: '${path}'`);
}

/** Gives a field another name or place. Neither may lie in an array. */
export function renameField(document: Document, parts: readonly string[], to: unknown): void {
  requireViable(document, parts);
  const value = getAt(document, parts);
  if (value === undefined) return;
  const target = String(to).split('.');
  requireNoArray(document, parts, 'source');
  requireNoArray(document, target, 'destination');
  unsetAt(document, parts);
  setAt(document, target, value);
}

function requireNoArray(document: Document, parts: readonly string[], side: string): void {
  for (let depth = 1; depth < parts.length; depth++) {
    if (!Array.isArray(getAt(document, parts.slice(0, depth)))) continue;
    throw badValue(`The ${side} field cannot be an array element, '${parts.join('.')}'`);
  }
}
