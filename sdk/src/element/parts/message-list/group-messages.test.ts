import { expect, test } from 'vitest';
import type { ChatMessage } from '../../../client/index.ts';
import { messageOf } from '../../testing/chat-fixtures.ts';
import { dayOf, groupMessages } from './group-messages.ts';

let count = 0;
const message = (timestamp: string, part: Partial<ChatMessage> = {}): ChatMessage =>
  messageOf((count += 1), { timestamp, ...part });

const agent = { sender: 'agent', mine: false, senderName: 'Grace' } as const;

function shapeOf(messages: ChatMessage[], timeZone: string): unknown[] {
  return groupMessages(messages, timeZone).map((row) =>
    row.kind === 'day' ? dayOf(row.timestamp, timeZone) : [row.senderName, row.messages.length],
  );
}

test('messages of one sender make a group until somebody else writes or time passes', () => {
  const list = [
    message('2026-11-23T10:00:00.000Z'),
    message('2026-11-23T10:01:00.000Z'),
    message('2026-11-23T10:02:00.000Z', agent),
    message('2026-11-23T10:03:00.000Z'),
    message('2026-11-23T10:08:00.000Z'),
  ];
  expect(shapeOf(list, 'UTC')).toEqual(['2026-11-23', ['Ada', 2], ['Grace', 1], ['Ada', 1], ['Ada', 1]]);
});

test('a day begins where the reader is, and breaks a group', () => {
  const list = [message('2026-11-23T22:59:00.000Z'), message('2026-11-23T23:01:00.000Z')];
  expect(shapeOf(list, 'UTC')).toEqual(['2026-11-23', ['Ada', 2]]);
  expect(shapeOf(list, 'Europe/Berlin')).toEqual(['2026-11-23', ['Ada', 1], '2026-11-24', ['Ada', 1]]);
});

test('two agents of the same side are two groups; nothing is nothing', () => {
  const list = [
    message('2026-11-23T10:00:00.000Z', agent),
    message('2026-11-23T10:00:01.000Z', { ...agent, senderName: 'Alan' }),
  ];
  expect(shapeOf(list, 'UTC')).toEqual(['2026-11-23', ['Grace', 1], ['Alan', 1]]);
  expect(groupMessages([])).toEqual([]);
});
