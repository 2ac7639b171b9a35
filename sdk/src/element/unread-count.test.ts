import { expect, test } from 'vitest';
import { messageOf, talkOf } from './testing/chat-fixtures.ts';
import { unreadCount } from './unread-count.ts';

test('counts what the other side wrote after the last one read', () => {
  const messages = [
    messageOf(1, { sender: 'agent', mine: false }),
    messageOf(2, { sender: 'agent', mine: false }),
    messageOf(3),
    messageOf(4, { sender: 'system', mine: false }),
    messageOf(5, { sender: 'bot', mine: false }),
    messageOf(6, { sender: 'agent', mine: false, deletedAt: '2026-11-23T10:00:00.000Z' }),
  ];
  expect(unreadCount(talkOf(messages, { read: { customer: 1, agent: 0 } }))).toBe(2);
  expect(unreadCount(talkOf(messages, { read: { customer: 6, agent: 0 } }))).toBe(0);
  expect(unreadCount(talkOf([]))).toBe(0);
});
