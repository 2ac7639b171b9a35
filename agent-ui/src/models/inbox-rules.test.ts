import type { Chat } from '@wzatco/sdk';
import { describe, expect, it } from 'vitest';
import {
  belongs,
  countAsking,
  lastActivity,
  needsMe,
  newerChat,
  sortChats,
  unreadCount,
} from './inbox-rules.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 9, minute)).toISOString();
const ada = { id: 'ada', name: 'Ada', avatar: null };

function chat(id: string, changes: Partial<Chat> = {}): Chat {
  return {
    id,
    status: 'waiting',
    department: null,
    priority: 'normal',
    tags: [],
    customer: { id: `c-${id}`, name: `Customer ${id}`, email: null },
    agent: null,
    lastSeq: 1,
    lastRev: 1,
    read: { customer: 0, agent: 0 },
    lastMessage: { content: 'Hello', sender: 'customer', timestamp: at(0) },
    rating: null,
    page: null,
    createdAt: at(0),
    queuedAt: at(0),
    assignedAt: null,
    closedAt: null,
    closedBy: null,
    ...changes,
  };
}

describe('belongs', () => {
  const chats = {
    waiting: chat('w'),
    mine: chat('m', { status: 'active', agent: ada }),
    theirs: chat('t', { status: 'active', agent: { ...ada, id: 'bob' } }),
    closed: chat('x', { status: 'closed', agent: ada }),
  };

  it.each([
    ['waiting', ['waiting']],
    ['mine', ['mine']],
    ['open', ['waiting', 'mine', 'theirs']],
    ['closed', ['closed']],
  ] as const)('%s shows %j', (view, names) => {
    const shown = Object.entries(chats).filter(([, each]) => belongs(each, view, 'ada'));
    expect(shown.map(([name]) => name)).toEqual(names);
  });
});

describe('sortChats', () => {
  const early = chat('early', { createdAt: at(1), queuedAt: at(1), lastMessage: null });
  const late = chat('late', { createdAt: at(2), queuedAt: at(2), lastMessage: null });
  const talking = chat('talking', { createdAt: at(0) });
  const spoke: Chat = { ...talking, lastMessage: { content: '', sender: 'customer', timestamp: at(9) } };

  it('puts who waits longest first in the queue', () => {
    expect(sortChats([late, spoke, early], 'waiting').map(({ id }) => id)).toEqual([
      'talking',
      'early',
      'late',
    ]);
  });

  it('puts who came back behind those who wait', () => {
    const reopened = chat('reopened', { createdAt: at(0), queuedAt: at(3) });
    expect(sortChats([reopened, late, early], 'waiting').map(({ id }) => id)).toEqual([
      'early',
      'late',
      'reopened',
    ]);
  });

  it('puts what changed last first elsewhere', () => {
    expect(sortChats([late, spoke, early], 'open').map(({ id }) => id)).toEqual(['talking', 'late', 'early']);
  });

  it('keeps one order for chats of the same moment', () => {
    const [a, b] = [chat('a'), chat('b')];
    expect(sortChats([b, a], 'open')).toEqual(sortChats([a, b], 'open'));
  });
});

it('lastActivity is the latest of what happened', () => {
  expect(lastActivity(chat('a', { assignedAt: at(3), closedAt: at(7) }))).toBe(at(7));
  expect(lastActivity(chat('a', { lastMessage: null }))).toBe(at(0));
});

it('newerChat never goes back', () => {
  const older = chat('a', { lastRev: 3 });
  const newer = chat('a', { lastRev: 4 });
  expect(newerChat(newer, older)).toBe(newer);
  expect(newerChat(older, newer)).toBe(newer);
  expect(newerChat(undefined, older)).toBe(older);
});

describe('unreadCount and needsMe', () => {
  const mine = chat('a', { status: 'active', agent: ada, lastSeq: 5, read: { customer: 0, agent: 3 } });

  it('counts what came after the last read', () => {
    expect(unreadCount(mine)).toBe(2);
    expect(needsMe(mine, 'ada')).toBe(true);
    expect(needsMe(mine, 'bob')).toBe(false);
  });

  it('counts nothing once the agent has answered, or the chat is over', () => {
    const answered: Chat = { ...mine, lastMessage: { content: 'Yes', sender: 'agent', timestamp: at(4) } };
    expect(unreadCount(answered)).toBe(0);
    expect(unreadCount({ ...mine, status: 'closed' })).toBe(0);
  });

  it('a waiting chat asks for everybody', () => {
    expect(needsMe(chat('w'), 'bob')).toBe(true);
  });
});

describe('countAsking', () => {
  const bobs = { status: 'active', agent: { ...ada, id: 'bob' } } as const;

  it('counts a chat once, however many reasons it has', () => {
    const chats = [chat('w'), chat('t', bobs), chat('u', bobs)];
    expect(countAsking(chats, new Set(), 'ada')).toBe(1);
    expect(countAsking(chats, new Set(['w', 't']), 'ada')).toBe(2);
  });

  it('leaves out what has ended, and what is not known', () => {
    const closed = chat('x', { status: 'closed', agent: ada });
    expect(countAsking([closed], new Set(['x', 'elsewhere']), 'ada')).toBe(0);
  });
});
