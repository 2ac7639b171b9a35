import { describe, expect, it } from 'vitest';
import { standingIn } from './chat-rights.ts';

const ada = { id: 'ada', role: 'agent' } as const;
const root = { id: 'root', role: 'admin' } as const;
const adas = { id: 'ada', name: 'Ada' };
const bobs = { id: 'bob', name: 'Bob' };

describe('standingIn', () => {
  it('a waiting chat can be claimed by everybody who sees it', () => {
    expect(standingIn({ status: 'waiting', agent: null }, ada)).toEqual({ may: 'claim' });
    expect(standingIn({ status: 'waiting', agent: null }, root)).toEqual({ may: 'claim' });
  });

  it('its assignee and admins write in an active chat, others read and are told whose it is', () => {
    expect(standingIn({ status: 'active', agent: adas }, ada)).toEqual({ may: 'write', as: 'assignee' });
    expect(standingIn({ status: 'active', agent: bobs }, root)).toEqual({ may: 'write', as: 'admin' });
    expect(standingIn({ status: 'active', agent: bobs }, ada)).toEqual({
      may: 'read',
      because: 'taken',
      by: 'Bob',
    });
  });

  it('nobody writes in a closed one', () => {
    expect(standingIn({ status: 'closed', agent: adas }, ada)).toEqual({ may: 'read', because: 'closed' });
    expect(standingIn({ status: 'closed', agent: adas }, root)).toEqual({ may: 'read', because: 'closed' });
  });
});
