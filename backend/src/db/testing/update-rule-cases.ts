import { mongo } from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Connected, KnownDeviation } from './conformance.ts';
import { failure, filled } from './fixtures.ts';

const { Decimal128, Timestamp } = mongo;

type Fields = Record<string, unknown>;
type Refusal = readonly [
  title: string,
  document: Fields | undefined,
  update: Fields,
  code: number,
  isWrongOnSecantus?: boolean,
];

/** What is refused; without a document, because the update is wrong whatever the documents are. */
const REFUSALS: Refusal[] = [
  ['two changes of one place', undefined, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['an array filter that is missing', undefined, { $set: { 'a.$[x]': 1 } }, 2, true],
  ['$[] beside an index', undefined, { $set: { 'a.$[]': 1, 'a.0': 2 } }, 40, true],
  ['$rename to the same name', undefined, { $rename: { a: 'a' } }, 2, true],
  ['$rename to no name', undefined, { $rename: { a: 1 } }, 2, true],
  ['$rename of elements', undefined, { $rename: { 'a.$[]': 'b' } }, 2, true],
  ['$rename of an element', { a: [1] }, { $rename: { 'a.0': 'b' } }, 2],
  ['$rename into an array', { a: [1], b: 2 }, { $rename: { b: 'a.0' } }, 2],
  ['$rename through a number', { a: 1 }, { $rename: { 'a.x': 'b' } }, 28],
  ['$pop through a number', { a: 1 }, { $pop: { 'a.x': 1 } }, 28, true],
  ['$pop of a number', { a: 1 }, { $pop: { a: 1 } }, 14],
  ['$pull of a number', { a: 1 }, { $pull: { a: 1 } }, 2],
  ['$mul of null', { a: null }, { $mul: { a: 2 } }, 14],
  ['$bit of null', { a: null }, { $bit: { a: { or: 1 } } }, 2],
  ['$inc of a timestamp', { a: new Timestamp({ t: 1, i: 2 }) }, { $inc: { a: 1 } }, 14],
];

/** In which order updates do what they do, and what they refuse. */
export function updateRuleCases(connected: Connected, deviations: readonly KnownDeviation[]): void {
  const isSecantus = deviations.includes('update rules');
  const unlessSecantus = isSecantus ? test.fails : test;

  describe('rules of updates', () => {
    for (const [title, document, update, code, isWrongOnSecantus = false] of REFUSALS) {
      const run = isWrongOnSecantus ? unlessSecantus : test;
      run(`${title} is refused and changes nothing`, async () => {
        const collection = await filled(connected(), document === undefined ? [] : [document]);
        expect((await failure(collection.updateMany({}, update))).code).toBe(code);
        if (document !== undefined) expect(await collection.findOne({})).toEqual({ _id: 1, ...document });
      });
    }

    unlessSecantus('new fields come in the order of their paths', async () => {
      const collection = await filled(connected(), [{}]);
      await collection.updateOne({}, { $set: { 'b!': 1, 'b.c': 2, a: 3 } });
      await collection.updateOne({}, { $rename: { a: 'z' }, $set: { m: 4 } });
      expect(Object.keys((await collection.findOne({})) ?? {})).toEqual(['_id', 'b', 'b!', 'm', 'z']);
    });

    unlessSecantus('array filters look at elements before any is changed', async () => {
      const collection = await filled(connected(), [{ a: [{ x: 1 }, { x: 5 }] }]);
      await collection.updateOne(
        {},
        { $set: { 'a.$[].x': 5, 'a.$[e].y': 1 } },
        { arrayFilters: [{ 'e.x': 5 }] },
      );
      expect((await collection.findOne({}))?.['a']).toEqual([{ x: 5 }, { x: 5, y: 1 }]);
    });

    test('a timestamp has no bits and is no number', async () => {
      const collection = await filled(connected(), [{ a: new Timestamp({ t: 1, i: 2 }) }]);
      expect(await collection.countDocuments({ a: { $bitsAllSet: 2 } })).toBe(0);
      expect(await collection.countDocuments({ a: { $mod: [2, 0] } })).toBe(0);
      const [sum] = await collection.aggregate([{ $group: { _id: null, sum: { $sum: '$a' } } }]).toArray();
      expect(sum?.['sum']).toBe(0);
    });

    test('a negative decimal times nothing is a negative zero', async () => {
      const collection = await filled(connected(), [{}]);
      await collection.updateOne({}, { $mul: { a: Decimal128.fromString('-1') } });
      expect(String((await collection.findOne({}))?.['a'])).toBe('-0');
    });
  });
}
