import { expect, onTestFinished, test } from 'vitest';
import { connectDatabase } from '../connect.ts';
import { addQueuedAt } from './add-queued-at.ts';

const OLD_INDEX = 'status_1_departmentId_1_createdAt_1';
const [opened, reopened, had] = [1, 2, 3].map((hour) => new Date(Date.UTC(2026, 1, hour)));

const uri = process.env['TEST_MONGODB_URI'];

test.skipIf(uri === undefined)(
  'version 3 comes to a server’s data too: with the old index, without it, without a chat, and again',
  async () => {
    const url = new URL(uri ?? '');
    url.pathname = `/queued_at_${process.pid}_${Date.now()}`;
    const { connection, close } = await connectDatabase({ mongodbUri: url.href, dataDir: '' });
    onTestFinished(close);
    await addQueuedAt.up(connection);
    const chats = connection.collection<{ _id: string; [field: string]: unknown }>('chats');
    await chats.insertMany([
      { _id: 'opened', status: 'waiting', createdAt: opened },
      { _id: 'never reopened', status: 'closed', createdAt: opened, reopenedAt: null },
      { _id: 'reopened, nobody had it', createdAt: opened, reopenedAt: reopened, assignedAt: null },
      { _id: 'reopened, somebody had it', createdAt: opened, reopenedAt: reopened, firstAssignedAt: had },
    ]);
    await chats.createIndex({ status: 1, departmentId: 1, createdAt: 1 }, { name: OLD_INDEX });
    for (let time = 0; time < 2; time++) {
      await addQueuedAt.up(connection);
      const found = await chats.find({}, { projection: { queuedAt: 1, firstWaitSince: 1 } }).toArray();
      expect(Object.fromEntries(found.map(({ _id, ...times }) => [_id, times]))).toEqual({
        opened: { queuedAt: opened },
        'never reopened': { queuedAt: opened },
        'reopened, nobody had it': { queuedAt: reopened, firstWaitSince: reopened },
        'reopened, somebody had it': { queuedAt: reopened },
      });
      expect((await chats.indexes()).map(({ name }) => name)).not.toContain(OLD_INDEX);
    }
  },
);
