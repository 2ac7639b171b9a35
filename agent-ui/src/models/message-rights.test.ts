import type { ChatState } from '@wzatco/sdk';
import { expect, test } from 'vitest';
import { hasHistory, mayChange } from './message-rights.ts';

const sent: ChatState['messages'][number] = {
  key: 'k',
  id: '0'.repeat(24),
  seq: 2,
  clientMessageId: 'k',
  sender: 'agent',
  senderId: '1'.repeat(24),
  senderName: 'Anna',
  mine: true,
  content: 'frist',
  attachments: [],
  timestamp: '2026-01-05T09:00:00Z',
  editedAt: null,
  deletedAt: null,
  state: 'sent',
  error: null,
};
const write = { may: 'write', as: 'assignee' } as const;
const after = (minutes: number) => new Date(Date.parse(sent.timestamp) + minutes * 60_000);

test('one’s own message can be changed for 15 minutes', () => {
  expect(mayChange(sent, write, after(14))).toBe(true);
  expect(mayChange(sent, write, after(15))).toBe(false);
});

test('not another’s, nor one that is deleted or on its way, nor in a chat that one only reads', () => {
  expect(mayChange({ ...sent, mine: false }, write, after(1))).toBe(false);
  expect(mayChange({ ...sent, deletedAt: sent.timestamp }, write, after(1))).toBe(false);
  expect(mayChange({ ...sent, id: null }, write, after(1))).toBe(false);
  expect(mayChange(sent, { may: 'read', because: 'closed' }, after(1))).toBe(false);
});

test('whoever wrote it, a message that was edited or deleted has said something before', () => {
  expect(hasHistory(sent)).toBe(false);
  expect(hasHistory({ ...sent, mine: false, editedAt: sent.timestamp })).toBe(true);
  expect(hasHistory({ ...sent, deletedAt: sent.timestamp })).toBe(true);
  expect(hasHistory({ ...sent, id: null, editedAt: sent.timestamp })).toBe(false);
});
