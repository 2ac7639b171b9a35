import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectDatabase } from '../../connect.ts';
import { sqliteOf } from '../../testing/embedded.ts';
import { filled, temporaryFolder } from '../../testing/fixtures.ts';
import { LOG_BYTES } from './checkpoints.ts';

test('the log stays short while much is written, and no commit writes it back', async () => {
  const folder = temporaryFolder();
  const database = await connectDatabase({ dataDir: folder.path });
  const { writer } = sqliteOf(database.connection);
  expect(writer.query('PRAGMA wal_autocheckpoint').get()).toEqual({ wal_autocheckpoint: 0 });
  const collection = await filled(database.connection);
  const content = 'x'.repeat(4_000);
  const path = join(folder.path, 'wzatco.sqlite');
  let longest = 0;
  for (let round = 0; round < 40; round++) {
    await Promise.all(
      Array.from({ length: 500 }, (_, at) => collection.insertOne({ _id: `${round} ${at}`, content })),
    );
    longest = Math.max(longest, statSync(`${path}-wal`).size);
  }
  const written = statSync(path).size;
  expect(40 * 500 * 4_000).toBeGreaterThan(18 * LOG_BYTES);
  expect(longest).toBeLessThan(14 * LOG_BYTES);
  expect(written).toBeGreaterThan(7 * LOG_BYTES);
  expect(await collection.countDocuments()).toBe(40 * 500);
  await database.close();
  folder.remove();
});
