import { describe, expect, it } from 'vitest';
import { INBOX_VIEWS } from './inbox-rules.ts';
import { inboxAddress, readInboxQuery } from './inbox-address.ts';

const queryOf = (address: string) => Object.fromEntries(new URL(address, 'http://localhost').searchParams);

describe('inboxAddress and readInboxQuery', () => {
  it.each([
    [{ view: 'open', q: '', chatId: null }, '/agent'],
    [{ view: 'mine', q: '', chatId: null }, '/agent?view=mine'],
    [{ view: 'open', q: '', chatId: 'abc' }, '/agent/chats/abc'],
    [{ view: 'closed', q: 'ada & co', chatId: 'abc' }, '/agent/chats/abc?view=closed&q=ada+%26+co'],
  ] as const)('%j → %s', (place, address) => {
    expect(inboxAddress(place)).toBe(address);
  });

  it('read back what they wrote', () => {
    for (const view of INBOX_VIEWS) {
      for (const q of ['', 'größe 100%', '?a=b#c']) {
        expect(readInboxQuery(queryOf(inboxAddress({ view, q, chatId: null })))).toEqual({ view, q });
      }
    }
  });

  it('take what is unknown as the first view', () => {
    expect(readInboxQuery({ view: 'everything' })).toEqual({ view: 'open', q: '' });
  });

  it('never ask for more than the server takes', () => {
    expect(readInboxQuery({ q: 'x'.repeat(500) }).q).toHaveLength(100);
  });
});
