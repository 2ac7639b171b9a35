import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { describe, expect, test } from 'vitest';
import { arbitraryDocument } from '../../testing/arbitrary-documents.ts';
import { encodeDocument } from './bson.ts';
import { changedFields } from './changed-fields.ts';

/** The slow way: each field as a document of its own. */
function expected(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const bytesOf = (document: Record<string, unknown>, name: string): string | undefined =>
    Object.hasOwn(document, name)
      ? Buffer.from(encodeDocument({ value: document[name] })).toString('hex')
      : undefined;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => bytesOf(before, name) !== bytesOf(after, name));
}

describe('the fields that changed', () => {
  test('are those whose bytes differ, whatever their types', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, fc.boolean(), (one, other, isPart) => {
        const after = isPart ? { ...one, ...other } : other;
        const found = changedFields(encodeDocument(one), encodeDocument(after));
        expect([...found].toSorted()).toEqual(expected(one, after).toSorted());
      }),
      { numRuns: 500 },
    );
  });

  test('the order of fields is no change, another type of the same number is one', () => {
    const before = encodeDocument({ a: 1, b: 'text', c: [1] });
    expect([...changedFields(before, encodeDocument({ c: [1], b: 'text', a: 1 }))]).toEqual([]);
    expect([...changedFields(before, encodeDocument({ a: new mongo.Double(1), b: 'text' }))]).toEqual([
      'a',
      'c',
    ]);
  });
});
