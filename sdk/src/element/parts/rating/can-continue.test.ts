import { expect, test } from 'vitest';
import { ClientError } from '../../../client/client-error.ts';
import { messageOf, supportStateOf, talkOf } from '../../testing/chat-fixtures.ts';
import { canContinue } from './can-continue.ts';

const closedAt = '2026-11-23T10:00:00.000Z';
const ended = talkOf([], { status: 'closed', closedAt });
const { config } = supportStateOf();
const error = new ClientError('CHAT_CLOSED', 'This chat has ended.', 409);
const refused = talkOf([messageOf(1), messageOf(2, { seq: null, state: 'failed', error })], {
  status: 'closed',
  closedAt,
});

test.each([
  ['a moment ago', '2026-11-23T10:00:01Z', { chatState: ended }, true],
  ['just within the site’s hours', '2026-11-24T09:59:59Z', { chatState: ended }, true],
  ['after them', '2026-11-24T10:00:00Z', { chatState: ended }, false],
  [
    'of a site that wants none reopened',
    '2026-11-23T10:00:01Z',
    { chatState: ended, config: config && { ...config, reopenWithinHours: 0 } },
    false,
  ],
  ['the server let nobody', '2026-11-23T10:00:01Z', { chatState: refused }, false],
  ['it goes on', '2026-11-23T10:00:01Z', { chatState: talkOf([]) }, false],
  ['the site’s hours are not known yet', '2026-11-23T10:00:01Z', { chatState: ended, config: null }, false],
  ['there is none', '2026-11-23T10:00:01Z', {}, false],
] as const)('a chat that ended: %s', (_when, now, state, expected) => {
  expect(canContinue(supportStateOf(state), Date.parse(now))).toBe(expected);
});
