import { expect, test } from 'vitest';
import { ClientError } from '../../../client/client-error.ts';
import { supportStateOf, talkOf } from '../../testing/chat-fixtures.ts';
import { panelView } from './panel-view.ts';

const chat = talkOf([], { status: 'waiting' });
const closed = talkOf([], { status: 'closed' });
const unreachable = new ClientError('OFFLINE', 'No answer', 0);
const gone = talkOf([], { error: new ClientError('NOT_FOUND', 'No such chat', 404) });

test.each([
  ['nothing is known yet', { config: null, loading: true }, false, 'loading'],
  ['a known visitor is being looked up', { loading: true }, false, 'loading'],
  ['there is no chat', {}, false, 'form'],
  ['a chat waits', { chatState: chat }, false, 'conversation'],
  ['a chat is shown while the session is renewed', { chatState: chat, loading: true }, false, 'conversation'],
  ['the renewal fails, the chat stays', { chatState: chat, failure: unreachable }, false, 'conversation'],
  ['a chat has ended', { chatState: closed }, false, 'closed'],
  ['a new one is wanted', { chatState: closed }, true, 'form'],
  ['a new one has begun', { chatState: chat }, true, 'conversation'],
  ['the server cannot be reached', { config: null, failure: unreachable }, false, 'failed'],
  ['the chat no longer exists', { chatState: gone }, false, 'form'],
] as const)('%s', (_when, state, wantsNew, view) => {
  expect(panelView(supportStateOf(state), wantsNew)).toBe(view);
});
