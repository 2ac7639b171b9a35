import { afterEach, expect, test } from 'vitest';
import { openRecordStore, type RecordStore } from '../lib/record-store.ts';
import { ClientError } from './client-error.ts';
import type { UploadEntry } from './upload-entry.ts';
import { createUploads, type Uploads } from './uploads.ts';

const running: Uploads[] = [];
afterEach(() => {
  for (const uploads of running.splice(0)) uploads.stop();
});

const memory = () => openRecordStore<UploadEntry>({ name: 'uploads', kind: 'memory', holdsFiles: true });

function open(records: RecordStore<UploadEntry>, owner = 'ada'): Uploads {
  const send = () => Promise.reject(new ClientError('OFFLINE', 'no way', 0));
  const uploads = createUploads({
    owner: () => owner,
    tab: 'tab',
    records,
    send,
    discard: async () => undefined,
  });
  running.push(uploads);
  return uploads;
}

const add = (uploads: Uploads, id: string) =>
  uploads.add({ id, lane: 'chat', file: new Blob(['x']), name: `${id}.txt` });

test('whoever leaves takes only what they attached', async () => {
  const records = memory();
  add(open(records, 'ada'), 'of ada');
  const bob = open(records, 'bob');
  add(bob, 'of bob');
  await bob.clear(new Set(['bob']));
  expect(bob.items.get()).toEqual([]);
  expect((await records.all()).map(({ id }) => id)).toEqual(['of ada']);
});

test('a message waits for files that cannot be read at the moment; those that are not there are said to be gone', async () => {
  const unreadable = { ...memory(), all: () => Promise.reject(new Error('lost')) };
  const uploads = open(unreadable);
  await uploads.start();
  await expect(uploads.named(['file'])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(open(memory()).named(['file'])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
});
