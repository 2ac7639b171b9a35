import { ClientError, type MessageRevision } from '@wzatco/sdk';
import { expect, test } from 'vitest';
import { createHistoryModel, newestFirst } from './history-model.ts';

const version = (rev: number, content: string): MessageRevision => ({
  rev,
  content,
  writtenAt: '2026-01-05T09:00:00.000Z',
  replacedAt: '2026-01-05T09:01:00.000Z',
});

test('the newest version comes first, by its number', () => {
  const texts = newestFirst([version(2, 'a'), version(9, 'c'), version(5, 'b')]).map(
    ({ content }) => content,
  );
  expect(texts).toEqual(['c', 'b', 'a']);
});

test('a failure is told, and gone with the next try', async () => {
  let isDown = true;
  const chats = {
    messageHistory: (chatId: string, messageId: string) =>
      isDown
        ? Promise.reject(new ClientError('OFFLINE', 'No answer.', 0))
        : Promise.resolve({ items: [version(1, `${chatId} ${messageId}`)], nextCursor: null }),
  };
  const history = createHistoryModel(chats, 'chat', 'message');
  await history.load();
  expect([history.versions.value, history.failure.value]).toEqual([null, 'No answer.']);
  isDown = false;
  await history.load();
  expect(history.failure.value).toBeNull();
  expect(history.versions.value).toEqual([version(1, 'chat message')]);
});
