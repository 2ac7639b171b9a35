import { z } from 'zod';
import { attachment, attachmentIds } from './attachments.ts';
import { availability } from './business-hours.ts';
import { CHAT_PRIORITIES, CHAT_STATUSES, LIMITS, SENDERS } from './constants.ts';
import {
  clientMessageId,
  counter,
  email,
  id,
  line,
  name,
  nothing,
  pageQuery,
  remark,
  searchText,
  tagName,
  timestamp,
  writtenText,
} from './common.ts';
import { defineEndpoints } from './endpoints.ts';

/** A message as it is stored and sent. */
export const message = z.object({
  chatId: id,
  id,
  seq: z.int().min(1),
  rev: z.int().min(1),
  sender: z.enum(SENDERS),
  senderId: id.nullable(),
  senderName: z.string(),
  content: z.string(),
  attachments: z.array(attachment),
  clientMessageId: z.string().optional(),
  timestamp,
  editedAt: timestamp.optional(),
  deletedAt: timestamp.optional(),
});
export type Message = z.infer<typeof message>;

const chatAgent = z.object({ id, name: z.string(), avatar: z.string().nullable() });

/** A chat without its messages. */
export const chat = z.object({
  id,
  status: z.enum(CHAT_STATUSES),
  department: z.string().nullable(),
  /** `normal` to its customer, whatever it is. */
  priority: z.enum(CHAT_PRIORITIES),
  /** In lower case; none to its customer. */
  tags: z.array(z.string()),
  customer: z.object({ id, name: z.string(), email: z.string().nullable() }),
  agent: chatAgent.nullable(),
  lastSeq: counter,
  lastRev: counter,
  /** Up to which `seq` each side has read. */
  read: z.object({ customer: counter, agent: counter }),
  lastMessage: z.object({ content: z.string(), sender: z.enum(SENDERS), timestamp }).nullable(),
  rating: z.object({ rating: z.int(), comment: z.string().nullable() }).nullable(),
  page: z.string().nullable(),
  createdAt: timestamp,
  /** Since when it has its place in the queue, earliest first: its opening, or reopening. Who is handed on keeps it. */
  queuedAt: timestamp,
  assignedAt: timestamp.nullable(),
  closedAt: timestamp.nullable(),
  closedBy: z.enum(['customer', 'agent', 'system']).nullable(),
});
export type Chat = z.infer<typeof chat>;

/** A chat's state with the messages that the asker has not: what joining, watching and syncing answer. */
export const chatSnapshot = z.object({
  chatId: id,
  status: z.enum(CHAT_STATUSES),
  department: z.string().nullable(),
  agent: chatAgent.nullable(),
  read: z.object({ customer: counter, agent: counter }),
  rating: z.object({ rating: z.int(), comment: z.string().nullable() }).nullable(),
  closedAt: timestamp.nullable(),
  closedBy: z.enum(['customer', 'agent', 'system']).nullable(),
  queuePosition: z.int().optional(),
  /** Seconds that a waiting customer will probably wait from now on; missing where that is not known. */
  estimatedWait: z.int().optional(),
  /** Of an opening: is somebody there? */
  availability: availability.optional(),
  /** After `afterSeq`, ascending, at most 200 of them or 256 KB. */
  messages: z.array(message),
  lastSeq: counter,
  lastRev: counter,
  /** Older messages that were edited or deleted after `afterRev`, in the order of it, at most 200 or 256 KB. */
  changed: z.array(message),
  /** Every edit and deletion up to this `rev` is known now: what to ask with next, as `afterRev`. */
  changedUpTo: counter,
  /** Are there more after the last of `messages`, or of `changed`? */
  hasMore: z.boolean(),
});
export type ChatSnapshot = z.infer<typeof chatSnapshot>;

/** What came into an agent's inbox, or was done with it. */
export const inboxSync = z.object({
  /** As they are now, longest ago first, at most 100; those of the last minutes may come again. */
  chats: z.array(chat),
  /** What to ask with next, as `since`. */
  since: z.string(),
  /** Are there more behind the last one? */
  hasMore: z.boolean(),
});
export type InboxSync = z.infer<typeof inboxSync>;

export const assignment = z.object({
  chatId: id,
  agentId: id,
  agentName: z.string(),
  status: z.enum(CHAT_STATUSES),
});
export const readPosition = z.object({ chatId: id, seq: counter });
export const chatEnd = z.object({
  chatId: id,
  closedAt: timestamp,
  closedBy: z.enum(['customer', 'agent', 'system']),
  status: z.enum(CHAT_STATUSES),
  /** The chat's `rev` at its end: a later state may be known already. */
  rev: counter,
});
export const ratingInput = {
  rating: z.int().min(1).max(5),
  comment: remark.max(LIMITS.ratingComment).optional(),
};

/** What a message is made of: words, attachments or both. */
export const messageInput = {
  message: writtenText,
  attachments: attachmentIds,
  clientMessageId: clientMessageId.optional(),
};

/** Is there anything in it? */
export function saysSomething(input: { message: string; attachments?: string[] | undefined }): boolean {
  return input.message !== '' || (input.attachments?.length ?? 0) > 0;
}

/** What is said of a message with nothing in it. */
export const NOTHING_SAID = { path: ['message'], message: 'must not be empty' };

/** What opens a chat. Fields that the site's form does not ask for may be left out. */
export const openChatInput = {
  name: name.optional(),
  email: z.union([email, z.literal('').transform(() => undefined)]).optional(),
  department: z.union([name, z.literal('').transform(() => undefined)]).nullish(),
  attachments: attachmentIds,
  clientMessageId: clientMessageId.optional(),
  /** The address of the page that the customer is on. */
  page: line.max(2_048).optional(),
};

const chatParams = z.strictObject({ id });
const members = { visitor: 'own', agent: 'department', admin: 'all' } as const;
const staff = { agent: 'department', admin: 'all' } as const;

export const chatEndpoints = defineEndpoints({
  'GET /api/chats': {
    summary: 'Chats, last active first, to the minute; a customer sees their own.',
    access: members,
    query: z.strictObject({
      ...pageQuery,
      status: z.enum(CHAT_STATUSES).optional(),
      assignee: z.union([z.literal('me'), z.literal('none'), id]).optional(),
      department: name.optional(),
      /** For staff only. */
      tag: tagName.optional(),
      q: searchText.optional(),
    }),
    reply: z.array(chat),
    list: true,
  },
  'POST /api/chats': {
    summary: "Opens the customer's chat, `message` being its first; or adds it to the one that is open.",
    access: { visitor: 'own' },
    body: z.strictObject({ ...openChatInput, message: writtenText }).refine(saysSomething, NOTHING_SAID),
    reply: chatSnapshot,
    status: 201,
  },
  'GET /api/chats/:id': {
    summary: 'One chat, without its messages.',
    access: members,
    params: chatParams,
    reply: chat,
  },
  'GET /api/chats/:id/messages': {
    summary:
      'Messages after `after` (ascending), or the newest before `before`, as a page in ascending order.',
    access: members,
    params: chatParams,
    query: z.strictObject({
      after: z.coerce.number().int().min(0).optional(),
      before: z.coerce.number().int().min(1).optional(),
      limit: pageQuery.limit,
    }),
    reply: z.object({ messages: z.array(message), lastSeq: counter, lastRev: counter, hasMore: z.boolean() }),
  },
  'POST /api/chats/:id/messages': {
    summary: 'Sends a message: `send_message` and `agent_message` over HTTP, under the same rules.',
    access: { visitor: 'own', agent: 'assigned', admin: 'all' },
    params: chatParams,
    body: z.strictObject(messageInput).refine(saysSomething, NOTHING_SAID),
    reply: message,
    status: 201,
  },
  'POST /api/chats/:id/assign': {
    summary: 'Claims a waiting chat; an admin who names an agent gives that agent any open chat.',
    access: staff,
    params: chatParams,
    body: z.strictObject({ agentId: id.optional() }),
    reply: assignment,
  },
  'POST /api/chats/:id/close': {
    summary: 'Ends the chat.',
    access: { visitor: 'own', agent: 'assigned', admin: 'all' },
    params: chatParams,
    reply: chatEnd,
  },
  'POST /api/chats/:id/read': {
    summary: 'Marks messages as read, up to `seq` or all.',
    access: { visitor: 'own', agent: 'assigned', admin: 'all' },
    params: chatParams,
    body: z.strictObject({ seq: counter.optional() }),
    reply: readPosition,
  },
  'POST /api/chats/:id/rating': {
    summary: 'The customer rates the chat, until 30 days after its end.',
    access: { visitor: 'own' },
    params: chatParams,
    body: z.strictObject(ratingInput),
    reply: nothing,
  },
});
