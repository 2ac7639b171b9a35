import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { sqliteOf } from '../../testing/embedded.ts';
import { embeddedDatabase, failure, filled } from '../../testing/fixtures.ts';
import { refreshCollations } from '../storage/refresh-collations.ts';
import { decodeDocument, encodeDocument } from '../values/bson.ts';

let opened: TestConnection;
beforeAll(async () => {
  opened = await embeddedDatabase();
});
afterAll(() => opened.close());

const caseless = { locale: 'en', strength: 2 };
const word = fc.oneof(
  fc.constantFrom('ada', 'Ada', 'ÁDA', 'áda', 'ad', 'æ', 'ae', 'AE', '', '王', 'a1', 'A01', 'zoë'),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const value = fc.oneof(
  word,
  fc.integer({ min: 0, max: 3 }),
  fc.constant(null),
  fc.array(word, { maxLength: 3 }),
  fc.record({ c: word }),
);
const condition = fc.oneof(
  value,
  fc.record({ $in: fc.array(value, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $gte: word }),
  fc.record({ $ne: word }),
);
const filter = fc.dictionary(fc.constantFrom('a', 'a.c', 'b'), condition, { minKeys: 1, maxKeys: 2 });
const collation = fc.constantFrom(
  undefined,
  caseless,
  { locale: 'en', strength: 1 },
  { locale: 'de' },
  { locale: 'en', strength: 2, numericOrdering: true },
);

test('indexes under collations change no answer', async () => {
  let walks = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ a: value, b: value }, { requiredKeys: [] }), { minLength: 1, maxLength: 25 }),
      fc.array(fc.tuple(filter, collation), { minLength: 1, maxLength: 4 }),
      collation,
      collation,
      async (stored, searches, first, second) => {
        const plain = await filled(opened.connection, stored);
        const indexed = await filled(opened.connection, stored);
        await indexed.createIndex({ a: 1 }, first === undefined ? {} : { collation: first });
        await indexed.createIndex({ 'a.c': -1 }, second === undefined ? {} : { collation: second });
        await indexed.createIndex({ b: 1, _id: 1 }, { sparse: true, collation: caseless });
        await indexed.createIndex(
          { b: -1 },
          { name: 'part', collation: caseless, partialFilterExpression: { b: 'ada' } },
        );
        for (const [wanted, how] of searches) {
          const options = how === undefined ? {} : { collation: how };
          const expected = await plain.find(wanted, options).sort({ a: 1, _id: 1 }).toArray();
          expect(await indexed.find(wanted, options).sort({ a: 1, _id: 1 }).toArray()).toEqual(expected);
          if (JSON.stringify(await indexed.find(wanted, options).explain()).includes('IXSCAN')) walks += 1;
        }
        await plain.drop();
        await indexed.drop();
      },
    ),
    { numRuns: 150, seed: 17 },
  );
  expect(walks).toBeGreaterThan(100);
});

test('a unique index under a collation refuses exactly what the collation calls equal', async () => {
  const { compare } = new Intl.Collator('en', { sensitivity: 'accent' });
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 2, maxLength: 8 }), async (words) => {
      const collection = await filled(opened.connection, []);
      await collection.createIndex({ a: 1 }, { unique: true, collation: caseless });
      const accepted: string[] = [];
      for (const a of words) {
        const isTaken = accepted.some((other) => compare(a, other) === 0);
        if (isTaken) expect((await failure(collection.insertOne({ a }))).code).toBe(11000);
        else await collection.insertOne({ a });
        if (!isTaken) accepted.push(a);
      }
      expect(await collection.countDocuments({})).toBe(accepted.length);
      await collection.drop();
    }),
    { numRuns: 100, seed: 23 },
  );
});

test('an index serves the searches of its own collation, and others where no string is compared', async () => {
  const documents = Array.from({ length: 100 }, (_, n) => ({ name: `Name${n}`, n }));
  const collection = await filled(opened.connection, documents);
  await collection.createIndex({ name: 1 }, { collation: caseless });
  await collection.createIndex({ n: 1 });
  const read = async (filter: object, options: object): Promise<unknown> =>
    ((await collection.find(filter, options).explain())['executionStats'] as Record<string, unknown>)[
      'totalDocsExamined'
    ];
  expect(await read({ name: 'NAME7' }, { collation: caseless })).toBe(1);
  expect(await read({ name: { $in: ['NAME7', 'name8'] } }, { collation: caseless })).toBe(2);
  expect(await read({ name: 'Name7' }, {})).toBe(100);
  expect(await read({ name: 'NAME7' }, { collation: { locale: 'en', strength: 1 } })).toBe(100);
  expect(await read({ name: { $gt: 'NAME7' } }, { collation: caseless })).toBe(100);
  expect(await read({ n: 7 }, { collation: caseless })).toBe(1);
  expect(await read({ _id: 7, name: 'NAME6' }, { collation: caseless })).toBe(1);
});

test('an index whose keys come from other language data is made anew when the file is opened', async () => {
  const collection = await filled(opened.connection, [{ name: 'Ada' }]);
  await collection.createIndex({ name: 1 }, { name: 'old', unique: true, collation: caseless });
  const { writer } = sqliteOf(opened.connection);
  const rows = writer.query<{ id: number; spec: Uint8Array }, []>('SELECT id, spec FROM _indexes').all();
  const old = rows
    .map(({ id, spec }) => ({ id, spec: decodeDocument(spec) }))
    .find(({ spec }) => spec['name'] === 'old');
  if (old === undefined) throw new Error('no such index');
  const stale = { ...old.spec, collation: { ...(old.spec['collation'] as object), version: '1.0' } };
  writer.run('UPDATE _indexes SET spec = ? WHERE id = ?', [encodeDocument(stale), old.id]);
  writer.run(`UPDATE i${old.id} SET k = x'30'`);

  refreshCollations(writer);
  const fresh = writer
    .query<{ id: number; spec: Uint8Array }, []>('SELECT id, spec FROM _indexes ORDER BY id')
    .all()
    .at(-1);
  expect(decodeDocument(fresh?.spec ?? new Uint8Array())).toMatchObject({
    name: 'old',
    unique: true,
    collation: { strength: 2, version: process.versions['icu'] },
  });
  expect(writer.query(`SELECT count(*) AS n FROM i${fresh?.id} WHERE k > x'30'`).get()).toEqual({ n: 1 });
  expect(writer.query(`SELECT name FROM sqlite_master WHERE name = 'i${old.id}'`).all()).toEqual([]);
});
