import { expect, test } from 'vitest';
import { ClientError } from '../../../client/client-error.ts';
import { messageOf, supportStateOf, talkOf } from '../../testing/chat-fixtures.ts';
import { panelView } from './panel-view.ts';

const chat = talkOf([], { status: 'waiting' });
const closed = talkOf([], { status: 'closed' });
const unreachable = new ClientError('OFFLINE', 'No answer', 0);
const gone = talkOf([], { error: new ClientError('NOT_FOUND', 'No such chat', 404) });
const availability = { isOpen: false, isAway: true };
const nobody = new ClientError('VALIDATION_FAILED', 'email: is needed', 400, { availability });
const refused = talkOf([messageOf(1, { state: 'failed', error: nobody })], {
  chatId: 'pending:1',
  status: 'waiting',
});

test.each([
  ['nothing is known yet', { config: null, loading: true }, null, 'loading'],
  ['a known visitor is being looked up', { loading: true }, null, 'loading'],
  ['there is no chat', {}, null, 'form'],
  ['a chat waits', { chatState: chat }, null, 'conversation'],
  ['a chat is shown while the session is renewed', { chatState: chat, loading: true }, null, 'conversation'],
  ['the renewal fails, the chat stays', { chatState: chat, failure: unreachable }, null, 'conversation'],
  ['a chat has ended', { chatState: closed }, null, 'closed'],
  ['a new one is wanted', { chatState: closed }, 'new', 'form'],
  ['they go on in it', { chatState: closed }, 'more', 'conversation'],
  ['the one they went on in is gone', { chatState: gone }, 'more', 'form'],
  ['a new one has begun', { chatState: chat }, 'new', 'conversation'],
  ['one is refused later because nobody is there', { chatState: refused }, null, 'form'],
  ['the server cannot be reached', { config: null, failure: unreachable }, null, 'failed'],
  ['the chat no longer exists', { chatState: gone }, null, 'form'],
] as const)('%s', (_when, state, wish, view) => {
  expect(panelView(supportStateOf(state), wish)).toBe(view);
});
