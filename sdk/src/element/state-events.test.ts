import { expect, test } from 'vitest';
import { ClientError } from '../client/client-error.ts';
import { createStateEvents } from './state-events.ts';
import { messageOf, supportStateOf, talkOf } from './testing/chat-fixtures.ts';

function setUp() {
  const told: unknown[] = [];
  const take = createStateEvents((name, detail) => {
    told.push(
      'message' in detail && typeof detail.message === 'object' ? [name, detail.message.seq] : [name, detail],
    );
  });
  return { told, take };
}

const theirs = { sender: 'agent', mine: false } as const;

test('a chat that was there tells only what comes after', () => {
  const { told, take } = setUp();
  take(supportStateOf({ chatState: talkOf([], { loading: true }) }));
  take(supportStateOf({ chatState: talkOf([messageOf(1), messageOf(2, theirs)]), unread: 1 }));
  take(
    supportStateOf({
      chatState: talkOf([messageOf(1), messageOf(2, theirs), messageOf(3, theirs)]),
      unread: 2,
    }),
  );
  expect(told).toEqual([
    ['wzatco-unread', { unreadCount: 1 }],
    ['wzatco-message', 3],
    ['wzatco-unread', { unreadCount: 2 }],
  ]);
});

test('a chat that is opened here tells its start and its first message, once the server has it', () => {
  const { told, take } = setUp();
  const openedHere = true;
  take(supportStateOf({ openedHere }));
  take(
    supportStateOf({ openedHere, chatState: talkOf([messageOf(1, { seq: null })], { chatId: 'pending:1' }) }),
  );
  take(supportStateOf({ openedHere, chatState: talkOf([messageOf(1)]) }));
  take(supportStateOf({ openedHere, chatState: talkOf([messageOf(1), messageOf(2, { seq: null })]) }));
  take(supportStateOf({ openedHere, chatState: talkOf([messageOf(1), messageOf(2)]) }));
  expect(told).toEqual([
    ['wzatco-chat-started', { chatId: '665f1c2ab8e4d7a1c09f3b52' }],
    ['wzatco-message', 1],
    ['wzatco-message', 2],
  ]);
});

test('the end is told once, and not of a chat that had ended before', () => {
  const { told, take } = setUp();
  const closed = talkOf([messageOf(1)], { status: 'closed', closedBy: 'agent' });
  take(supportStateOf({ chatState: closed }));
  expect(told).toEqual([]);
  take(supportStateOf({ chatState: talkOf([messageOf(1)]) }));
  take(supportStateOf({ chatState: closed }));
  take(supportStateOf({ chatState: { ...closed } }));
  expect(told).toEqual([['wzatco-chat-closed', { chatId: closed.chatId, closedBy: 'agent' }]]);
});

test('a failure is told once', () => {
  const { told, take } = setUp();
  const failure = new ClientError('NOT_FOUND', 'No such site', 404);
  take(supportStateOf({ failure }));
  take(supportStateOf({ failure }));
  expect(told).toEqual([['wzatco-error', { code: 'NOT_FOUND', message: 'No such site' }]]);
});
