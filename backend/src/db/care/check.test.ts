import { Database } from 'bun:sqlite';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connectDatabase } from '../connect.ts';
import { change, desk } from '../testing/small-desk.ts';
import { check } from './check.ts';
import type { DataFolder } from './data-folder.ts';

const messagesOf = async (data: DataFolder): Promise<string> =>
  (await check(data)).map(({ message }) => message).join('\n');

/** Runs SQL on a file that nobody has open. */
function sql(data: DataFolder, ...statements: string[]): void {
  const db = new Database(data.database);
  for (const statement of statements) db.run(statement);
  db.close();
}

/** The table of an index, by the name of its first field. */
function indexTable(data: DataFolder, field: string): string {
  const db = new Database(data.database, { readonly: true });
  const rows = db.query<{ id: number; spec: Uint8Array }, []>('SELECT id, spec FROM _indexes').all();
  db.close();
  const found = rows.find(({ spec }) => Buffer.from(spec).includes(`${field}_1`));
  if (found === undefined) throw new Error(`no index on ${field}`);
  return `i${found.id}`;
}

test('sound data has no findings, and the progress tells what is looked at', async () => {
  const data = await desk();
  const seen = new Map<string, number>();
  expect(await check(data, (collection, done) => seen.set(collection, done))).toEqual([]);
  expect(Object.fromEntries(seen)).toEqual({ chats: 5, messages: 15, users: 40 });
});

test('it is checked while a server has it open and writes, and the server is not refused anything', async () => {
  const data = await desk();
  const { connection, close } = await connectDatabase({ dataDir: data.path });
  const writing = Promise.all(
    Array.from({ length: 300 }, (_, n) => connection.collection('users').insertOne({ email: `new${n}` })),
  );
  expect(await check(data)).toEqual([]);
  await writing;
  expect(await check(data)).toEqual([]);
  expect(await connection.collection('users').countDocuments()).toBe(340);
  await close();
});

test('a flipped byte is found wherever a value stands: in its document, and in its index', async () => {
  const places = async (): Promise<number> => {
    const data = await desk();
    const bytes = readFileSync(data.database);
    const offsets: number[] = [];
    for (let at = bytes.indexOf('person17@'); at !== -1; at = bytes.indexOf('person17@', at + 1)) {
      offsets.push(at);
    }
    for (const at of offsets) {
      const damaged = Buffer.from(bytes);
      // 'person17@' becomes 'person17A' there: in the same place of every order, so that SQLite finds nothing.
      damaged[at + 8] = (damaged[at + 8] ?? 0) ^ 0x01;
      writeFileSync(data.database, damaged);
      expect(await messagesOf(data)).toMatch(
        /index users\.email_1 lacks 1 of 40 keys .*_id 17.*holds 1 keys/,
      );
    }
    return offsets.length;
  };
  expect(await places()).toBe(2);
});

test.each([
  ['lacks a key', 'email', 'DELETE FROM % WHERE rid = 3', /users\.email_1 lacks 1 of 40 keys/],
  ['holds a key too many', 'tags', "INSERT INTO % VALUES (x'30', 4)", /users\.tags_1 holds 1 keys/],
  ['names another document', 'email', 'UPDATE % SET rid = 5 WHERE rid = 6', /lacks 1 .* holds 1/],
  ['holds one of a lost document', 'tags', "INSERT INTO % VALUES (x'30', 999)", /a document that is gone/],
  [
    'does not know of arrays',
    'tags',
    'UPDATE _indexes SET multikey = 0',
    /does not know that it holds arrays/,
  ],
  ['is not there', 'tags', 'DROP TABLE %', /table i\d+ of the index users\.tags_1 is missing/],
  ['is in no catalogue', 'tags', 'DELETE FROM _indexes WHERE id = 2', /table i\d+ belongs to no collection/],
])('an index that %s is named', async (_, field, statement, message) => {
  const data = await desk();
  sql(data, statement.replace('%', indexTable(data, field)));
  expect(await messagesOf(data)).toMatch(message);
});

test('a document that cannot be read, or stands under another _id, is named', async () => {
  const data = await desk();
  sql(data, "UPDATE c1 SET doc = x'0500' WHERE rid = 2", "UPDATE c1 SET id = x'3030' WHERE rid = 3");
  const found = await messagesOf(data);
  expect(found).toMatch(/users, row 2: it cannot be read/);
  expect(found).toMatch(/users, row 3: it is stored under another _id than _id 2/);
});

test('a file that is cut, or overwritten, is damaged; one that is missing is an error', async () => {
  const data = await desk();
  truncateSync(data.database, 3 * 4096);
  expect(await messagesOf(data)).toMatch(/damaged/);
  const other = await desk();
  const bytes = readFileSync(other.database);
  writeFileSync(other.database, bytes.fill(0x5a, 4096, 6 * 4096));
  expect(await messagesOf(other)).toMatch(/damaged/);
  await expect(check({ ...data, database: `${data.database}-no` })).rejects.toThrow(/no database at/);
});

test.each([
  ['a gap', 'messages', { chatId: 'chat4', seq: 2 }, /chat chat4 the message 3 comes after the message 1/],
  ['a lost last message', 'messages', { chatId: 'chat4', seq: 4 }, /chat4 says .* number 4, and it is 3/],
  ['a lost chat', 'chats', { _id: 'chat2' }, /messages of the chat chat2, which is not there/],
  ['the last lost chat', 'chats', { _id: 'chat5' }, /messages of the chat chat5, which is not there/],
  ['no messages at all', 'messages', { chatId: 'chat1' }, /chat1 says .* number 1, and it is 0/],
])('%s in the numbers of the messages is found', async (_, collection, filter, message) => {
  const data = await desk();
  await change(data, collection, (documents) => documents.deleteOne(filter));
  expect(await check(data)).toEqual([{ message: expect.stringMatching(message) }]);
});
