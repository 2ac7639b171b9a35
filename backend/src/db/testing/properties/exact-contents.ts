import { mongo } from 'mongoose';
import type { Connection } from 'mongoose';
import { Client } from '../../sqlite/index.ts';
import { sqliteOf } from '../embedded.ts';

type Fields = Record<string, unknown>;

/** All documents of a collection in the order of their ids, with every number in the class it is stored in. */
export async function exactContents(connection: Connection, name: string): Promise<Fields[]> {
  const stored =
    connection.getClient() instanceof Client ? ofFile(connection, name) : ofServer(connection, name);
  return (await stored).map((bytes) =>
    mongo.BSON.deserialize(bytes, { promoteValues: false, bsonRegExp: true }),
  );
}

async function ofFile(connection: Connection, name: string): Promise<Uint8Array[]> {
  const { reader } = sqliteOf(connection);
  const found = reader.query('SELECT id FROM _collections WHERE name = ?').get(name) as { id: number } | null;
  if (found === null) return [];
  const rows = reader.query(`SELECT doc FROM c${found.id} ORDER BY id`).all() as { doc: Uint8Array }[];
  return rows.map(({ doc }) => doc);
}

async function ofServer(connection: Connection, name: string): Promise<Uint8Array[]> {
  const cursor = connection.collection(name).find({}, { raw: true, sort: { _id: 1 } });
  return (await cursor.toArray()) as unknown as Uint8Array[];
}
