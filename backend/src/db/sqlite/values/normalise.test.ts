import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { mongo, trusted } from 'mongoose';
import { describe, expect, test } from 'vitest';
import { arbitraryDocument } from '../../testing/arbitrary-documents.ts';
import { normalise } from './normalise.ts';

const { BSON } = mongo;

/** The way over bytes, as a server would receive it. */
function overBytes(value: Record<string, unknown>): unknown {
  const bytes = BSON.serialize(value, { ignoreUndefined: false, serializeFunctions: true });
  return BSON.deserialize(bytes, { promoteValues: false, bsonRegExp: true });
}

describe('normalise', () => {
  test('gives what arrives over the wire', () => {
    fc.assert(
      fc.property(arbitraryDocument, (given) => {
        const [found, expected] = [normalise(given), overBytes(given)];
        // Not toStrictEqual: a field named `constructor` misleads it.
        expect(isDeepStrictEqual(found, expected)).toBe(true);
        expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, unknown]>([
    [
      'an object of a class',
      new (class Point {
        x = 1;
      })(),
    ],
    ['an object that says what it stands for', { toBSON: () => ({ b: 1 }) }],
    ['an array of a class', new (class List extends Array<unknown> {})(3)],
    ['an array with holes', Object.assign([], { 2: 1 })],
    ['a map', new Map([['b', 1]])],
    ['a buffer', Buffer.from('text')],
    ['a function', () => 1],
    ['a large integer', 12n],
    ['a number object', new Number(5)],
    ['an object without a prototype', Object.assign(Object.create(null), { b: 1 })],
    ['what Mongoose trusts', trusted({ $gt: 1 })],
  ])('%s', (_, value) => {
    expect(normalise({ a: value })).toEqual(overBytes({ a: value }));
  });

  test('what is changed afterwards changes nothing', () => {
    const given = { id: new mongo.ObjectId(), at: new Date(5), list: [{ a: 1 }] };
    const expected = overBytes(given);
    const found = normalise(given);
    given.at.setTime(6);
    given.list.push({ a: 2 });
    expect(found).toEqual(expected);
  });

  test.each<[string, Record<string, unknown>]>([
    [
      'a circle',
      (() => {
        const a: Record<string, unknown> = {};
        a['a'] = a;
        return a;
      })(),
    ],
    ['a name with a zero', { 'a\0b': 1 }],
  ])('%s is an error', (_, value) => {
    expect(() => normalise(value)).toThrow(BSON.BSONError);
  });
});
