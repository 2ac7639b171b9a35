import type { ChatMessage, ChatState } from '../../client/index.ts';
import type { SupportState } from '../support.ts';

/** A message of the customer, stored as number `seq`. */
export function messageOf(seq: number, part: Partial<ChatMessage> = {}): ChatMessage {
  return {
    key: `m${seq}`,
    id: null,
    seq,
    clientMessageId: null,
    sender: 'customer',
    senderId: null,
    senderName: part.mine === false ? 'Grace' : 'Ada',
    mine: true,
    content: `Message ${seq}`,
    attachments: [],
    timestamp: '2026-11-23T10:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    state: 'sent',
    error: null,
    ...part,
  };
}

/** An active chat with these messages. */
export function talkOf(messages: ChatMessage[], part: Partial<ChatState> = {}): ChatState {
  return {
    chatId: '665f1c2ab8e4d7a1c09f3b52',
    status: 'active',
    department: null,
    agent: null,
    messages,
    attached: [],
    loading: false,
    stale: false,
    hasOlder: false,
    typing: [],
    viewers: [],
    read: { customer: 0, agent: 0 },
    queuePosition: null,
    estimatedWait: null,
    rating: null,
    closedAt: null,
    closedBy: null,
    lastSeq: messages.at(-1)?.seq ?? 0,
    lastRev: messages.at(-1)?.seq ?? 0,
    error: null,
    ...part,
  };
}

/** The widget's state, ready and without a chat. */
export function supportStateOf(part: Partial<SupportState> = {}): SupportState {
  return {
    config: {
      site: { key: 'shop', name: 'Shop' },
      theme: { accent: '#3b5bdb' },
      texts: { title: 'Chat', greeting: 'Hello' },
      departments: [],
      availability: { isOpen: true, isAway: false },
      preChatForm: { name: 'required', email: 'required', department: 'hidden' },
      reopenWithinHours: 24,
    },
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
