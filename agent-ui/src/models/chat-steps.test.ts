import type { Chat } from '@wzatco/sdk';
import { expect, it } from 'vitest';
import { chatSteps } from './chat-steps.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 9, minute)).toISOString();

const closed: Chat = {
  id: 'a',
  status: 'closed',
  department: null,
  priority: 'normal',
  tags: [],
  customer: { id: 'c', name: 'Ada', email: null },
  agent: { id: 'b', name: 'Bob', avatar: null },
  lastSeq: 2,
  lastRev: 4,
  read: { customer: 2, agent: 2 },
  lastMessage: null,
  rating: null,
  page: null,
  createdAt: at(0),
  queuedAt: at(0),
  assignedAt: at(1),
  closedAt: at(9),
  closedBy: 'customer',
};

it('tells the life of a chat in order', () => {
  expect(chatSteps(closed).map(({ text }) => text)).toEqual([
    'Ada started the chat',
    'Bob took it',
    'Ada closed it',
  ]);
});

it('names who closed it', () => {
  expect(chatSteps({ ...closed, closedBy: 'agent' }).at(-1)?.text).toBe('Bob closed it');
  expect(chatSteps({ ...closed, closedBy: 'system' }).at(-1)?.text).toBe('The system closed it');
});

it('has only what has happened', () => {
  const waiting: Chat = {
    ...closed,
    status: 'waiting',
    agent: null,
    assignedAt: null,
    closedAt: null,
    closedBy: null,
  };
  expect(chatSteps(waiting)).toEqual([{ at: at(0), text: 'Ada started the chat' }]);
});
