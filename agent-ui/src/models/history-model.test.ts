import { ClientError, type MessageRevision } from '@wzatco/sdk';
import { expect, test } from 'vitest';
import { createHistoryModel } from './history-model.ts';

const version = (rev: number, content: string): MessageRevision => ({
  rev,
  content,
  writtenAt: '2026-01-05T09:00:00.000Z',
  replacedAt: '2026-01-05T09:01:00.000Z',
});

test('the newest come first, the older ones when they are asked for; what failed is tried again', async () => {
  let isDown = false;
  const asked: unknown[] = [];
  const chats = {
    messageHistory(_chat: string, _message: string, query: object) {
      asked.push(query);
      if (isDown) return Promise.reject(new ClientError('OFFLINE', 'No answer.', 0));
      return Promise.resolve(
        'cursor' in query
          ? { items: [version(2, 'a')], nextCursor: null }
          : { items: [version(9, 'c'), version(5, 'b')], nextCursor: 'next' },
      );
    },
  };
  const history = createHistoryModel(chats, 'chat', 'message');
  const texts = () => history.versions.value?.map(({ content }) => content);
  await history.load();
  expect([texts(), history.more.value]).toEqual([['c', 'b'], true]);
  isDown = true;
  await history.loadMore();
  expect([texts(), history.failure.value]).toEqual([['c', 'b'], 'No answer.']);
  isDown = false;
  await history.retry();
  expect([texts(), history.more.value, history.failure.value]).toEqual([['c', 'b', 'a'], false, null]);
  await history.load();
  expect(texts()).toEqual(['c', 'b']);
  expect(asked[1]).toEqual({ order: 'newest', cursor: 'next' });
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
