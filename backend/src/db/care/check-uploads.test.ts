import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { change, desk, upload } from '../testing/small-desk.ts';
import { check } from './check.ts';

test('an attachment that a message names has its file, as large as it was', async () => {
  const data = await desk();
  for (const name of ['aa/whole', 'bb/cut', 'cc/lost', 'dd/unused', 'ee/removed'])
    upload(data, name, 'words');
  await change(data, 'attachments', (attachments) =>
    attachments.insertMany([
      { _id: 'whole', file: 'aa/whole', size: 5, messageId: 'm', removedAt: null },
      { _id: 'cut', file: 'bb/cut', size: 9, messageId: 'm', removedAt: null },
      { _id: 'lost', file: 'cc/lost', size: 5, messageId: 'm', removedAt: null },
      { _id: 'unused', file: 'dd/unused', size: 5, messageId: null, removedAt: null },
      { _id: 'removed', file: 'ee/removed', size: 5, messageId: 'm', removedAt: new Date() },
    ]),
  );
  for (const name of ['cc/lost', 'dd/unused', 'ee/removed']) rmSync(join(data.uploads, name));
  expect((await check(data)).map(({ message }) => message)).toEqual([
    'the file bb/cut has 5 bytes, and its attachment says 9',
    'the attachment lost has lost its file cc/lost',
  ]);
});
