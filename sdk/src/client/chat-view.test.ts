import { expect, test } from 'vitest';
import type { Message } from '../contract/chats.ts';
import { NO_FACTS, withAgent, withEnd, withQueue, withRead, withReopening, withTold } from './chat-facts.ts';
import { type ChatParts, viewChat, type Viewer } from './chat-view.ts';
import { keepUnchanged } from './keep-unchanged.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { EMPTY_TIMELINE, withMessage, withNewestPage } from './timeline.ts';

const customer: Viewer = { side: 'customer', id: null, name: 'Ada' };
const bob: Viewer = { side: 'agent', id: 'bob', name: 'Bob' };

function message(
  seq: number,
  sender: Message['sender'],
  senderId: string | null,
  clientMessageId?: string,
): Message {
  const timestamp = '2026-01-01T00:00:00.000Z';
  const named = clientMessageId ? { clientMessageId } : {};
  const id = `id-${seq}`;
  return {
    chatId: 'c',
    id,
    seq,
    rev: seq,
    sender,
    senderId,
    senderName: '',
    content: '',
    attachments: [],
    timestamp,
    ...named,
  };
}

function outgoing(id: string, failure: OutboxEntry['failure'] = null): OutboxEntry {
  const waits = { attempts: 0, notBefore: 0, waitsFrom: 0, waitsFor: null };
  return { id, owner: '', lane: 'c', writtenAt: 0, order: 0, text: id, opening: null, ...waits, failure };
}

const messages = [
  message(1, 'customer', 'ada', 'm1'),
  message(2, 'agent', 'bob', 'm2'),
  message(3, 'agent', 'eve', 'm3'),
];
const parts: ChatParts = {
  chatId: 'c',
  timeline: withNewestPage(EMPTY_TIMELINE, messages, { lastSeq: 3, lastRev: 3 }),
  facts: { ...NO_FACTS, status: 'active', read: { customer: 2, agent: 1 } },
  outgoing: [],
  uploads: [],
  typing: [],
  viewers: [],
  stale: false,
  error: null,
};

test('each sees as their own what they wrote, and as read what the other side has read', () => {
  const seenBy = (viewer: Viewer) =>
    viewChat(parts, viewer).messages.map(({ key, mine, state }) => [key, mine, state]);
  expect(seenBy(customer)).toEqual([
    ['m1', true, 'read'],
    ['id-2', false, 'sent'],
    ['id-3', false, 'sent'],
  ]);
  expect(seenBy(bob)).toEqual([
    ['id-1', false, 'sent'],
    ['m2', true, 'read'],
    ['id-3', false, 'sent'],
  ]);
});

test('what is on its way stands behind, once, and keeps its key when it has arrived', () => {
  const waiting = {
    ...parts,
    outgoing: [outgoing('m4'), outgoing('m5', { code: 'CHAT_CLOSED', message: 'Ended.', status: 409 })],
  };
  const before = viewChat(waiting, customer).messages.slice(3);
  expect(before.map(({ key, state, error }) => [key, state, error?.message ?? null])).toEqual([
    ['m4', 'sending', null],
    ['m5', 'failed', 'Ended.'],
  ]);
  const arrived = { ...waiting, timeline: withMessage(parts.timeline, message(4, 'customer', 'ada', 'm4')) };
  expect(
    viewChat(arrived, customer)
      .messages.slice(3)
      .map(({ key, state }) => [key, state]),
  ).toEqual([
    ['m4', 'sent'],
    ['m5', 'failed'],
  ]);
});

test("another person's message under the name of ours hides nothing of ours", () => {
  const copied = {
    ...parts,
    timeline: withMessage(parts.timeline, message(4, 'customer', 'ada', 'mine')),
    outgoing: [outgoing('mine')],
  };
  expect(viewChat(copied, bob).messages.map(({ key }) => key)).toEqual([
    'id-1',
    'm2',
    'id-3',
    'id-4',
    'mine',
  ]);
});

test('what has not changed stays the same object, down to the whole state', () => {
  const before = viewChat(
    { ...parts, outgoing: [outgoing('m4', { code: 'CONFLICT', message: 'No.', status: 409 })] },
    customer,
  );
  const again = viewChat(
    { ...parts, outgoing: [outgoing('m4', { code: 'CONFLICT', message: 'No.', status: 409 })] },
    customer,
  );
  expect(keepUnchanged(before, again)).toBe(before);
  const read = viewChat({ ...parts, facts: withRead(parts.facts, 'agent', 3) }, customer);
  const next = keepUnchanged(viewChat(parts, customer), read);
  expect(next.read).toEqual({ customer: 2, agent: 3 });
  const typing = keepUnchanged(
    next,
    viewChat({ ...parts, facts: withRead(parts.facts, 'agent', 3), typing: ['Bob'] }, customer),
  );
  expect([typing === next, typing.messages === next.messages, typing.typing]).toEqual([false, true, ['Bob']]);
});

test('an end stays against an older answer, and a read position never goes back, whatever an older answer says', () => {
  const closed = withEnd(withRead(NO_FACTS, 'agent', 7), {
    chatId: 'c',
    closedAt: '2026-11-23T10:00:00.000Z',
    closedBy: 'agent',
    status: 'closed',
    rev: 9,
  });
  const active = { ...NO_FACTS, status: 'active', read: { customer: 1, agent: 3 } } as const;
  const told = withTold(closed, { ...active, queuePosition: 1, lastRev: 8 });
  expect([told.status, told.closedBy, told.closedAt]).toEqual(['closed', 'agent', closed.closedAt]);
  expect(told.read).toEqual({ customer: 1, agent: 7 });
  const closedAt = '2026-11-23T11:00:00.000Z';
  const end = { chatId: 'c', closedAt, closedBy: 'customer', status: 'closed', rev: 9 } as const;
  expect(withEnd({ ...active, rev: 10 }, end).status).toBe('active');
});

test('an ended chat that its customer reopens waits again, unless a later state is known', () => {
  const closedAt = '2026-11-23T10:00:00.000Z';
  const closed = { ...NO_FACTS, rev: 9, status: 'closed', closedAt, closedBy: 'system' } as const;
  const joined = {
    chatId: 'c',
    status: 'waiting',
    message: '',
    messages: [],
    lastSeq: 5,
    lastRev: 10,
  } as const;
  const again = withReopening(closed, { ...joined, messages: [], queuePosition: 2 });
  expect([again.status, again.closedBy, again.closedAt, again.queuePosition]).toEqual([
    'waiting',
    null,
    null,
    2,
  ]);
  const later = { ...closed, rev: 11 };
  expect(withReopening(later, { ...joined, messages: [] })).toBe(later);
  expect(withTold(again, { ...closed, queuePosition: undefined, lastRev: 11 }).status).toBe('closed');
});

test('an agent who takes the chat ends the queue', () => {
  const waiting = withQueue(NO_FACTS, { chatId: 'c', position: 2, estimatedWait: 40 });
  expect(waiting.estimatedWait).toBe(40);
  const taken = withAgent(waiting, { id: 'bob', name: 'Bob', avatar: '/bob.png' });
  expect([waiting.queuePosition, taken.queuePosition, taken.status]).toEqual([2, null, 'active']);
  expect(withAgent(taken, { id: 'bob', name: 'Bob' }).agent?.avatar).toBe('/bob.png');
  expect(taken.estimatedWait).toBeNull();
  // A chat's description does not say how long it takes; a snapshot that does not says that it is not known any more.
  const chat = { ...NO_FACTS, status: 'waiting', lastRev: 3 } as const;
  const { queuePosition: _, estimatedWait: __, ...described } = chat;
  expect(withTold(waiting, described).estimatedWait).toBe(40);
  const { estimatedWait: ___, ...snapshot } = { ...chat, queuePosition: 2 };
  expect(withTold(waiting, snapshot).estimatedWait).toBeNull();
  expect(withQueue(taken, { chatId: 'c', position: 1 })).toBe(taken);
});

test('a chat loads until its first page is here; one that the server has not heard of has nothing to load', () => {
  const empty = { ...parts, timeline: EMPTY_TIMELINE };
  expect(viewChat(empty, customer).loading).toBe(true);
  expect(viewChat(parts, customer).loading).toBe(false);
  expect(viewChat({ ...empty, chatId: 'pending:m1', outgoing: [outgoing('m1')] }, customer).loading).toBe(
    false,
  );
});
