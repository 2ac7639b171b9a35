import { expect, test } from 'vitest';
import { ClientError } from '../../../client/index.ts';
import type { Availability } from '../../../contract/business-hours.ts';
import { en } from '../../locales/en.ts';
import { messageOf, talkOf } from '../../testing/chat-fixtures.ts';
import { awayIn, awayWords, isAway, refusedOpening } from './away.ts';

const opensAt = '2026-11-30T08:00:00Z';
const closed: Availability = { isOpen: false, isAway: true, opensAt };

test('a site that was closed when the page was loaded is open from its opening on', () => {
  expect(isAway(closed, Date.parse(opensAt) - 1)).toBe(true);
  expect(isAway(closed, Date.parse(opensAt))).toBe(false);
  expect(isAway({ isOpen: true, isAway: true })).toBe(true);
  expect(isAway({ isOpen: true, isAway: false })).toBe(false);
});

test('says when it opens by the customer’s clock, and less where that is not known', () => {
  const moment = new Date(opensAt).toLocaleTimeString('en', { hour: 'numeric', minute: '2-digit' });
  expect(awayWords(closed, en, 'en')).toMatch(/^We are closed until \w+, November \d+ at /);
  expect(awayWords(closed, en, 'en')).toContain(moment);
  expect(awayWords({ isOpen: false, isAway: true }, en, 'en')).toBe('We are closed at the moment.');
  expect(awayWords({ isOpen: true, isAway: true }, en, 'en')).toBe(en.nobodyThere);
});

test('is read from what the server refused', () => {
  const refused = new ClientError('VALIDATION_FAILED', 'email: is needed', 400, { availability: closed });
  expect(awayIn(refused)).toEqual(closed);
  expect(awayIn(new ClientError('VALIDATION_FAILED', 'message: is too long', 400))).toBeNull();
  expect(awayIn(null)).toBeNull();
});

test('an opening that was refused for it is what the form is about, unless a chat goes on', () => {
  const error = new ClientError('VALIDATION_FAILED', 'email: is needed', 400, { availability: closed });
  const refused = messageOf(1, { seq: null, state: 'failed', error });
  const pending = { chatId: 'pending:m1', status: 'waiting' } as const;
  expect(refusedOpening(talkOf([refused, messageOf(2)], pending))).toBe(refused);
  expect(refusedOpening(talkOf([messageOf(1), refused], { status: 'closed' }))).toBe(refused);
  expect(refusedOpening(talkOf([messageOf(1), refused]))).toBeNull();
  expect(refusedOpening(talkOf([messageOf(1)], pending))).toBeNull();
  expect(refusedOpening(null)).toBeNull();
});
