import { Database } from 'bun:sqlite';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { embeddedDatabase, filled } from '../../testing/fixtures.ts';
import type { AnyCollection } from '../../testing/fixtures.ts';
import { checkFile } from '../inspect/check-file.ts';
import { loadCatalog } from '../storage/catalog.ts';
import { sqliteOf } from '../../testing/embedded.ts';

let opened: TestConnection;
beforeAll(async () => {
  opened = await embeddedDatabase();
});
afterAll(() => opened.close());

const find = async (collection: AnyCollection, $search: string): Promise<unknown[]> =>
  (await collection.find({ $text: { $search } }).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

const word = fc.constantFrom('ada', 'Bob', 'ÇA', 'do_it', 'e2', 'Привет', '猫', 'fox');
const text = fc
  .array(fc.tuple(word, fc.constantFrom(' ', ', ', '-', '\n', "'s ")), { maxLength: 6 })
  .map((all) => all.flat().join(''));
const value = fc.oneof(text, fc.array(text, { maxLength: 2 }), fc.integer());
const document = fc.record({ a: value, b: fc.record({ c: value }) }, { requiredKeys: [] });

/** What `$text` means, said the slow way. */
function matches(stored: unknown, wanted: string[], unwanted: string[], phrases: string[]): boolean {
  const texts = stringsIn(stored).map(fold);
  const words = new Set(texts.flatMap((one) => one.match(/[\p{L}\p{N}_]+/gu) ?? []));
  return (
    [...wanted, ...phrases.flatMap((phrase) => phrase.split(' '))].some((one) => words.has(fold(one))) &&
    phrases.every((phrase) => texts.some((one) => one.includes(fold(phrase)))) &&
    !unwanted.some((one) => words.has(fold(one)))
  );
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function fold(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

test('it finds what reading every document finds', async () => {
  let found = 0;
  const words = fc.array(word, { maxLength: 2 });
  const phrases = fc.array(
    fc.tuple(word, word).map((two) => two.join(' ')),
    { maxLength: 1 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(12), document), { maxLength: 4 }),
      fc.array(fc.tuple(words, words, phrases), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (stored, changes, searches, isEarly) => {
        const collection = await filled(opened.connection, isEarly ? [] : stored);
        await collection.createIndex({ a: 'text', 'b.c': 'text' }, { default_language: 'none' });
        if (isEarly)
          for (const [at, one] of stored.entries()) await collection.insertOne({ _id: at + 1, ...one });
        for (const [at, one] of changes) {
          if (Object.keys(one).length === 0) await collection.deleteOne({ _id: at });
          else await collection.updateOne({ _id: at }, { $set: one });
        }
        const all = await collection.find({}).sort({ _id: 1 }).toArray();
        for (const [wanted, unwanted, exact] of searches) {
          const expected = all.filter((one) => matches(one, wanted, unwanted, exact)).map(({ _id }) => _id);
          const parts = [...wanted, ...unwanted.map((one) => `-${one}`), ...exact.map((one) => `"${one}"`)];
          expect(await find(collection, parts.join(' '))).toEqual(expected);
          found += expected.length;
        }
        await collection.drop();
      },
    ),
    { numRuns: 150, seed: 31 },
  );
  expect(found).toBeGreaterThan(100);
});

test('what is taken back is in no index: a failed write, a part of a bulk, a transaction', async () => {
  const collection = await filled(opened.connection, [{ a: 'first', key: 1 }]);
  await collection.createIndex({ a: 'text' });
  await collection.createIndex({ key: 1 }, { unique: true });
  await collection.insertOne({ _id: 2, a: 'second', key: 1 }).catch((error: Error) => error.message);
  await collection.updateOne({ _id: 1 }, [{ $set: { a: 'changed' } }]);
  await collection
    .bulkWrite([
      { insertOne: { document: { _id: 3, a: 'third', key: 3 } } },
      { insertOne: { document: { _id: 4, a: 'fourth', key: 3 } } },
    ])
    .catch((error: Error) => error.message);
  const session = await opened.connection.startSession();
  session.startTransaction();
  await collection.insertOne({ _id: 5, a: 'fifth' }, { session });
  await collection.updateOne({ _id: 1 }, { $set: { a: 'purple' } }, { session });
  expect(await collection.countDocuments({ $text: { $search: 'fifth purple' } }, { session })).toBe(2);
  expect(await find(collection, 'fifth purple')).toEqual([]);
  await session.abortTransaction();
  await session.endSession();
  expect(await find(collection, 'first second third fourth fifth purple changed')).toEqual([1, 3]);
  expect(await find(collection, 'changed')).toEqual([1]);
});

test('it is filled in and searched at length, explained, and found sound', async () => {
  const documents = Array.from({ length: 2500 }, (_, n) => ({ a: n % 2 ? `even odd ${n}` : 'even', n }));
  const collection = await filled(opened.connection, documents);
  await collection.createIndex({ a: 'text' });
  expect(await collection.countDocuments({ $text: { $search: 'odd' } })).toBe(1250);
  const best = await collection
    .find({ $text: { $search: 'even 77' } }, { projection: { score: { $meta: 'textScore' } } })
    .sort({ score: { $meta: 'textScore' } })
    .limit(1)
    .toArray();
  expect(best).toMatchObject([{ n: 77 }]);
  expect(
    (await collection.updateMany({ $text: { $search: 'odd' } }, { $set: { a: 'gone' } })).modifiedCount,
  ).toBe(1250);
  expect(await collection.countDocuments({ $text: { $search: 'odd' } })).toBe(0);
  expect(
    await collection
      .find({ $text: { $search: 'gone' } })
      .limit(2)
      .explain(),
  ).toMatchObject({
    queryPlanner: { winningPlan: { stage: 'TEXT_MATCH', indexName: 'a_text' } },
    executionStats: { nReturned: 2, totalDocsExamined: 2 },
  });
  const { writer } = sqliteOf(opened.connection);
  const table = loadCatalog(writer).get(collection.collectionName)?.indexes[0]?.table;
  const findings = (): string[] => {
    using db = new Database(writer.filename, { readonly: true });
    db.run('BEGIN');
    return [...checkFile(db)].map(({ message }) => message);
  };
  expect(findings()).toEqual([]);
  // A word of one document becomes another, as long and as often.
  const [[rid] = []] = writer.query(`SELECT min(rowid) FROM ${table}`).values();
  writer.query(`DELETE FROM ${table} WHERE rowid = ?`).run(Number(rid));
  writer.query(`INSERT INTO ${table} (rowid, c0) VALUES (?, 'odds')`).run(Number(rid));
  expect(findings()).toEqual([expect.stringContaining('a_text holds other words than the documents')]);
  writer.query(`DELETE FROM ${table} WHERE rowid = ?`).run(Number(rid));
  expect(findings()).toEqual([expect.stringContaining('a_text lacks 1 of 2500 documents')]);
});

test('made from its listing it is the same, as a copy of a database makes it', async () => {
  const collection = await filled(opened.connection, [{ a: 'tea' }]);
  await collection.createIndex({ a: 'text', 'b.c': 'text' }, { weights: { a: 3 }, default_language: 'none' });
  const [, listed] = await collection.indexes();
  const { key, v: _, ...options } = listed ?? {};
  await collection.createIndex(key, options);
  await collection.dropIndex('a_text_b.c_text');
  expect(await collection.createIndex(key, options)).toBe('a_text_b.c_text');
  expect((await collection.indexes())[1]).toEqual(listed);
  expect(await find(collection, 'tea')).toEqual([1]);
});

test('a document in a language that the index does not know is refused, not searched wrongly', async () => {
  const collection = await filled(opened.connection, []);
  await collection.createIndex({ a: 'text' }, { language_override: 'tongue' });
  await expect(collection.insertOne({ a: 'Kaffee', tongue: 'german' })).rejects.toThrow(
    /'german'.*MONGODB_URI/,
  );
  await collection.insertOne({ _id: 1, a: 'Kaffee', tongue: 'english', language: 'german' });
  expect(await find(collection, 'kaffee')).toEqual([1]);
  const asked = (options: object): Promise<unknown> =>
    collection.find({ $text: { $search: 'kaffee', ...options } }).toArray();
  await expect(asked({ $language: 'de' })).rejects.toThrow(/'de'.*MONGODB_URI/);
  await expect(asked({ $caseSensitive: true })).rejects.toThrow(/\$caseSensitive.*MONGODB_URI/);
  await expect(asked({ $diacriticSensitive: true })).rejects.toThrow(/\$diacriticSensitive.*MONGODB_URI/);
  expect(await asked({ $language: 'en', $caseSensitive: false })).toHaveLength(1);
});
