import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { embeddedDatabase, filled } from '../../testing/fixtures.ts';
import type { AnyCollection } from '../../testing/fixtures.ts';

let opened: TestConnection;
let collection: AnyCollection;
beforeAll(async () => {
  opened = await embeddedDatabase();
  collection = await filled(opened.connection, [{ a: 1 }]);
});
afterAll(() => opened.close());

const en = (options: object = {}): object => ({ collation: { locale: 'en', ...options } });

type Attempt = readonly [name: string, attempt: () => unknown];

test.each<Attempt>([
  ['$where', () => collection.find({ $where: () => true }).toArray()],
  [
    '\\$text inside of \\$or',
    () => collection.find({ $or: [{ $text: { $search: 'x' } }, { a: 1 }] }).toArray(),
  ],
  ["language 'german'", () => collection.createIndex({ a: 'text' }, { default_language: 'german' })],
  ["other key 'b'", () => collection.createIndex({ a: 'text', b: 1 })],
  ['wildcard index key', () => collection.createIndex({ '$**': 'text' })],
  [
    'partialFilterExpression of a text index',
    () => collection.createIndex({ a: 'text' }, { partialFilterExpression: { a: 1 } }),
  ],
  ['$near', () => collection.find({ a: { $near: [1, 2] } }).toArray()],
  ['$jsonSchema', () => collection.find({ $jsonSchema: {} }).toArray()],
  ['strength 4', () => collection.find({}, { collation: { locale: 'en', strength: 4 } }).toArray()],
  ['alternate: shifted', () => collection.find({}, en({ alternate: 'shifted' })).toArray()],
  ['caseLevel with strength 2', () => collection.find({}, en({ caseLevel: true, strength: 2 })).toArray()],
  [
    'locale de@collation=phonebook',
    () => collection.find({}, en({ locale: 'de@collation=phonebook' })).toArray(),
  ],
  ['\\$expr', () => collection.find({ $expr: { $eq: ['$a', 'x'] } }, en()).toArray()],
  ['\\$group with a collation', () => collection.aggregate([{ $group: { _id: '$a' } }], en()).toArray()],
  ['pipeline update with a collation', () => collection.updateOne({}, [{ $set: { a: 2 } }], en())],
  ['singleBatch', () => collection.find({}, { singleBatch: true }).toArray()],
  ['sorting by \\$natural', () => collection.find({}).sort({ a: 1, $natural: 1 }).toArray()],
  ['\\\\A in a regular expression', () => collection.find({ a: { $regex: '\\Ax' } }).toArray()],
  ['\\[:digit:\\] in a', () => collection.find({ a: { $regex: '[[:digit:]]' } }).toArray()],
  ['tailable', () => collection.find({}, { tailable: true }).toArray()],
  ['promoteValues', () => collection.findOne({}, { promoteValues: false })],
  ['w: 3', () => collection.insertOne({ _id: 9 }, { writeConcern: { w: 3 } })],
  ["'snapshot'", () => collection.findOne({}, { readConcern: { level: 'snapshot' } })],
  ["'secondary'", () => collection.findOne({}, { readPreference: 'secondary' })],
  ['snapshot', () => opened.connection.startSession({ snapshot: true })],
  ['validator', () => opened.connection.db?.createCollection('x', { validator: { a: 1 } })],
  ['timeseries', () => opened.connection.db?.createCollection('x', { timeseries: { timeField: 't' } })],
  [
    'another database|the database',
    () => collection.aggregate([{ $out: { db: 'other', coll: 'x' } }]).toArray(),
  ],
  ['\\$function', () => collection.aggregate([{ $set: { a: { $function: {} } } }]).toArray()],
  ['\\$search', () => collection.aggregate([{ $search: {} }]).toArray()],
  ['maxTimeMS', () => collection.createIndex({ a: 1 }, { maxTimeMS: 5 })],
  ["'2dsphere'", () => collection.createIndex({ a: '2dsphere' })],
  ['\\$\\*\\*', () => collection.createIndex({ 'a.$**': 1 })],
  ['collation locale sv', () => collection.createIndex({ a: 1 }, en({ locale: 'sv' }))],
  ['createCollection', () => opened.connection.db?.createCollection('x', { collation: { locale: 'en' } })],
  ['\\$or', () => collection.createIndex({ a: 1 }, { partialFilterExpression: { $or: [{ a: 1 }] } })],
  ['\\$\\$?watch|watch\\(\\)', () => (collection as unknown as { watch: () => unknown }).watch()],
  ['capped', () => opened.connection.db?.createCollection('x', { capped: true, size: 5 })],
  ['second database', () => opened.connection.useDb('other')],
])('%s is refused by name, with the way out', async (name, attempt) => {
  const message = await Promise.resolve()
    .then(attempt)
    .then(
      () => 'not refused',
      (error: Error) => error.message,
    );
  expect(message).toMatch(new RegExp(name.startsWith('$') ? `\\${name}` : name));
  expect(message).toContain('MONGODB_URI');
  expect(await collection.find({}).toArray()).toEqual([{ _id: 1, a: 1 }]);
});

test('an undefined in a filter matches what is missing, not everything', async () => {
  expect(await collection.find({ _id: undefined }).toArray()).toEqual([]);
  expect((await collection.deleteMany({ _id: undefined })).deletedCount).toBe(0);
});

test.each<readonly [name: string, attempt: () => unknown, code: number]>([
  [
    'a flag that is no flag',
    () => collection.findOneAndUpdate({}, { $set: { a: 2 } }, { upsert: 1 } as never),
    14,
  ],
  ['an index that is unique or not', () => collection.createIndex({ a: 1 }, { unique: 'yes' } as never), 14],
  ['a time to live below zero', () => collection.createIndex({ a: 1 }, { expireAfterSeconds: -5 }), 67],
  ['no time at all', () => collection.createIndex({ a: 1 }, { expireAfterSeconds: 'x' } as never), 67],
  ['a time to live of _id', () => collection.createIndex({ _id: 1 }, { expireAfterSeconds: 5 }), 67],
  ['a verbosity', () => collection.find({}, { explain: 'all' }).toArray(), 9],
  ['a read preference', () => collection.findOne({}, { readPreference: 'tertiary' as never }), 2],
  ['a read concern', () => collection.findOne({}, { readConcern: { level: 'fair' as never } }), 9],
  ['a sort by an operator', () => collection.find({}).sort({ $a: 1 }).toArray(), 16410],
  ['a sort by no name', () => collection.find({}).sort({ 'a..b': 1 }).toArray(), 15998],
])('%s is refused where it is wrong', async (_, attempt, code) => {
  const error = await Promise.resolve()
    .then(attempt)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  expect(error).toMatchObject({ code });
  expect(await collection.find({}).toArray()).toEqual([{ _id: 1, a: 1 }]);
});

test('a session is refused on another connection, whose writes its transaction would not hold', async () => {
  const other = await embeddedDatabase();
  const session = await other.connection.startSession();
  session.startTransaction();
  const options = { session } as never;
  for (const attempt of [
    () => collection.insertOne({ _id: 2 }, options),
    () => collection.findOne({}, options),
    () => collection.find({}, options).toArray(),
  ]) {
    await expect(attempt()).rejects.toThrow('ClientSession must be from the same MongoClient');
  }
  await session.endSession();
  await other.close();
  expect(await collection.countDocuments()).toBe(1);
});

test('an explanation stands for the documents where the option asks for it, as much of it as it asks', async () => {
  const plan = { queryPlanner: { winningPlan: { stage: 'COLLSCAN' } } };
  const [whole] = await collection.find({}, { explain: true }).toArray();
  expect(whole).toMatchObject({ ...plan, executionStats: { nReturned: 1 } });
  const [short] = await collection
    .aggregate([{ $match: {} }], { explain: 'queryPlanner' } as never)
    .toArray();
  expect(short).toMatchObject(plan);
  expect(short).not.toHaveProperty('executionStats');
});

test('a number says yes to an index that is unique, and the natural order backwards is what a sort may ask for', async () => {
  await collection.createIndex({ a: 1 }, { unique: 1, name: 'one' } as never);
  expect(await collection.indexes()).toContainEqual(expect.objectContaining({ name: 'one', unique: true }));
  await collection.dropIndex('one');
  await collection.insertOne({ _id: 2 });
  expect((await collection.find({}).sort({ $natural: -1 }).toArray()).map(({ _id }) => _id)).toEqual([2, 1]);
  await collection.deleteOne({ _id: 2 });
});
