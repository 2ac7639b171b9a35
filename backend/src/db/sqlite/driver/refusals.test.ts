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
