import { expect, test } from 'vitest';
import { createAnnouncer } from './announcement.ts';
import { en } from './locales/en.ts';
import { messageOf, supportStateOf, talkOf } from './testing/chat-fixtures.ts';

const theirs = { sender: 'agent', mine: false } as const;

test('says what the other side writes, once, and nothing that was there before', () => {
  const announce = createAnnouncer();
  const say = (...messages: ReturnType<typeof messageOf>[]) =>
    announce(supportStateOf({ chatState: talkOf(messages) }), en);
  const before = [messageOf(1), messageOf(2, theirs)];
  expect(say(...before)).toBeNull();
  expect(say(...before, messageOf(3))).toBeNull();
  const later = [...before, messageOf(3), messageOf(4, theirs), messageOf(5, theirs)];
  expect(say(...later)).toBe('Grace: Message 4\nGrace: Message 5');
  expect(say(...later)).toBeNull();
});

test('another chat begins anew', () => {
  const announce = createAnnouncer();
  announce(supportStateOf({ chatState: talkOf([messageOf(9, theirs)]) }), en);
  const other = (...messages: ReturnType<typeof messageOf>[]) =>
    supportStateOf({ chatState: talkOf(messages, { chatId: '665f1c2ab8e4d7a1c09f3b53' }) });
  expect(announce(other(), en)).toBeNull();
  expect(announce(other(messageOf(1, theirs)), en)).toBe('Grace: Message 1');
});
