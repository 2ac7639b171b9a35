import { describe, expect, it } from 'vitest';
import { groupMessages, type ChatMessage } from './message-groups.ts';

const utcDay = (moment: Date) => moment.toISOString().slice(0, 10);

function message(key: string, timestamp: string, changes: Partial<ChatMessage> = {}): ChatMessage {
  return {
    key,
    id: key,
    seq: 1,
    clientMessageId: null,
    sender: 'customer',
    senderId: 'c1',
    senderName: 'Ada',
    mine: false,
    content: key,
    attachments: [],
    timestamp,
    editedAt: null,
    deletedAt: null,
    state: 'sent',
    error: null,
    ...changes,
  };
}

/** A list as one word an entry: `day`, `remark:a`, `a+b`. */
function outline(messages: ChatMessage[]): string[] {
  return groupMessages(messages, utcDay).map((entry) => {
    if (entry.kind === 'day') return 'day';
    if (entry.kind === 'remark') return `remark:${entry.message.key}`;
    return entry.messages.map(({ key }) => key).join('+');
  });
}

const agent: Partial<ChatMessage> = { sender: 'agent', senderId: 'a1', senderName: 'Bob', mine: true };

describe('groupMessages', () => {
  it('has nothing for nothing', () => {
    expect(outline([])).toEqual([]);
  });

  it('joins a run of one sender and parts senders', () => {
    expect(
      outline([
        message('a', '2026-03-01T09:00:00.000Z'),
        message('b', '2026-03-01T09:01:00.000Z'),
        message('c', '2026-03-01T09:02:00.000Z', agent),
        message('d', '2026-03-01T09:03:00.000Z'),
      ]),
    ).toEqual(['day', 'a+b', 'c', 'd']);
  });

  it('begins a new group after a pause', () => {
    expect(
      outline([message('a', '2026-03-01T09:00:00.000Z'), message('b', '2026-03-01T09:05:00.000Z')]),
    ).toEqual(['day', 'a', 'b']);
  });

  it('begins each day with its heading, also within a run', () => {
    expect(
      outline([message('a', '2026-03-01T23:59:00.000Z'), message('b', '2026-03-02T00:01:00.000Z')]),
    ).toEqual(['day', 'a', 'day', 'b']);
  });

  it('a remark of the system stands alone', () => {
    expect(
      outline([
        message('a', '2026-03-01T09:00:00.000Z'),
        message('s', '2026-03-01T09:00:30.000Z', { sender: 'system', senderId: null }),
        message('b', '2026-03-01T09:01:00.000Z'),
      ]),
    ).toEqual(['day', 'a', 'remark:s', 'b']);
  });

  it('parts two agents', () => {
    expect(
      outline([
        message('a', '2026-03-01T09:00:00.000Z', agent),
        message('b', '2026-03-01T09:00:10.000Z', { ...agent, senderId: 'a2', mine: false }),
      ]),
    ).toEqual(['day', 'a', 'b']);
  });

  it('gives every entry a key of its own', () => {
    const entries = groupMessages(
      [
        message('a', '2026-03-01T23:59:00.000Z'),
        message('b', '2026-03-02T00:01:00.000Z'),
        message('c', '2026-03-02T00:02:00.000Z', agent),
      ],
      utcDay,
    );
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  });
});
