import { mongo } from 'mongoose';
import { dataFolder } from '../care/data-folder.ts';
import type { DataFolder } from '../care/data-folder.ts';
import { Snapshot } from '../sqlite/index.ts';
import { change, desk, place } from './small-desk.ts';

const { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID } = mongo;

/** A value of every type, in an order of fields that is not the alphabet's. */
const TYPES = {
  zero: new Double(-0),
  int: new Int32(1),
  double: new Double(1),
  long: Long.fromString('9007199254740993'),
  decimal: Decimal128.fromString('1.10'),
  date: new Date(0),
  id: new ObjectId(),
  binary: new Binary(Buffer.from('x'), 5),
  uuid: new UUID(),
  pattern: /a.b/i,
  timestamp: new Timestamp({ t: 1, i: 2 }),
  nothing: null,
  nested: [{ b: [], a: {} }],
  'dotted.name': '$dollar',
};

/** A desk with ids and values of all types. */
export async function oddDesk(): Promise<DataFolder> {
  const data = await desk();
  await change(data, 'odd', async (odd) => {
    const ids = [1, 'text', new ObjectId(), new Date(0), { a: 1 }, true, Long.fromNumber(7), null];
    await odd.insertMany(ids.map((_id) => ({ _id, ...TYPES })));
    await odd.createIndex({ long: -1, int: 1 }, { name: 'my index', sparse: true });
    await odd.createIndex({ decimal: 1 }, { collation: { locale: 'en', strength: 2 } });
    await odd.createIndex(
      { date: 1 },
      { expireAfterSeconds: 1e9, partialFilterExpression: { int: { $gt: 0 } } },
    );
  });
  return data;
}

/** Everything of a file, byte for byte; indexes by name, since servers list them in orders of their own. */
export function bytesOf(data: DataFolder): Record<string, { documents: string[]; indexes: string[] }> {
  using snapshot = new Snapshot(data.database);
  return Object.fromEntries(
    snapshot.collections().map(({ name, indexes }) => [
      name,
      {
        documents: [...snapshot.documents(name)].map((bytes) => Buffer.from(bytes).toString('hex')),
        indexes: indexes.map((index) => JSON.stringify(index)).toSorted(),
      },
    ]),
  );
}

/** A folder for data that is to come. */
export const empty = (): DataFolder => dataFolder(place());
