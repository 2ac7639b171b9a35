import { expect, test } from 'vitest';
import { ClientError, type ChatState, type WidgetConfig } from '../../../client/index.ts';
import type { SupportState } from '../../support.ts';
import { panelView } from './panel-view.ts';

const config: WidgetConfig = {
  site: { key: 'shop', name: 'Shop' },
  theme: { accent: '#4f46e5' },
  texts: { title: 'Chat', greeting: 'Hello' },
  departments: [],
  preChatForm: { name: 'required', email: 'required', department: 'hidden' },
};

const chat: ChatState = {
  chatId: '665f1c2ab8e4d7a1c09f3b52',
  status: 'waiting',
  department: null,
  agent: null,
  messages: [],
  loading: false,
  stale: false,
  hasOlder: false,
  typing: [],
  read: { customer: 0, agent: 0 },
  queuePosition: null,
  rating: null,
  closedBy: null,
  lastSeq: 0,
  lastRev: 0,
  error: null,
};

function stateWith(part: Partial<SupportState>): SupportState {
  return {
    config,
    loading: false,
    failure: null,
    connection: 'online',
    session: null,
    chat: null,
    chatState: null,
    openedHere: false,
    unread: 0,
    ...part,
  };
}

const closed = { ...chat, status: 'closed' } as const;
const unreachable = new ClientError('OFFLINE', 'No answer', 0);

test.each([
  ['nothing is known yet', stateWith({ config: null, loading: true }), false, 'loading'],
  ['a known visitor is being looked up', stateWith({ loading: true }), false, 'loading'],
  ['there is no chat', stateWith({}), false, 'form'],
  ['a chat waits', stateWith({ chatState: chat }), false, 'conversation'],
  [
    'a chat is shown while the session is renewed',
    stateWith({ chatState: chat, loading: true }),
    false,
    'conversation',
  ],
  [
    'the renewal fails, the chat stays',
    stateWith({ chatState: chat, failure: unreachable }),
    false,
    'conversation',
  ],
  ['a chat has ended', stateWith({ chatState: closed }), false, 'closed'],
  ['a new one is wanted', stateWith({ chatState: closed }), true, 'form'],
  ['a new one has begun', stateWith({ chatState: chat }), true, 'conversation'],
  ['the server cannot be reached', stateWith({ config: null, failure: unreachable }), false, 'failed'],
  [
    'the chat no longer exists',
    stateWith({ chatState: { ...chat, error: new ClientError('NOT_FOUND', 'No such chat', 404) } }),
    false,
    'form',
  ],
] as const)('%s', (_when, state, wantsNew, view) => {
  expect(panelView(state, wantsNew)).toBe(view);
});
