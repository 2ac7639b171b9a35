import { z } from 'zod';
import { availability } from './business-hours.ts';
import { CHAT_STATUSES, PRESENCE_STATUSES } from './constants.ts';
import { counter, id, messageText, nothing, timestamp } from './common.ts';
import {
  NOTHING_SAID,
  assignment,
  chat,
  chatEnd,
  chatSnapshot,
  inboxSync,
  message,
  messageInput,
  openChatInput,
  ratingInput,
  readPosition,
  saysSomething,
} from './chats.ts';
import { defineClientEvents, defineServerEvents } from './events.ts';

const members = { visitor: 'own', agent: 'department', admin: 'all' } as const;
const writers = { visitor: 'own', agent: 'assigned', admin: 'all' } as const;

/** Whom a client claims to be: refused as `FORBIDDEN` where it is not so, in every event. */

const chatOnly = z.strictObject({ chatId: id });

export const chatClientEvents = defineClientEvents({
  join_chat: {
    summary: "Opens the customer's chat with a first message, or rejoins it.",
    access: { visitor: 'own' },
    payload: z.strictObject({
      ...openChatInput,
      message: z.union([messageText, z.literal('').transform(() => undefined)]).optional(),
      chatId: id.optional(),
      afterSeq: counter.optional(),
      afterRev: counter.optional(),
    }),
    reply: chatSnapshot,
  },
  send_message: {
    summary: 'A message of the customer.',
    access: { visitor: 'own' },
    payload: z.strictObject({ chatId: id, ...messageInput }).refine(saysSomething, NOTHING_SAID),
    reply: message,
  },
  agent_message: {
    summary: 'A message of the agent who has the chat, or of an admin.',
    access: { agent: 'assigned', admin: 'all' },
    payload: z.strictObject({ chatId: id, ...messageInput }).refine(saysSomething, NOTHING_SAID),
    reply: message,
  },
  typing: {
    summary: 'Somebody writes, or has stopped.',
    access: writers,
    payload: z.strictObject({ chatId: id, isTyping: z.boolean() }),
    reply: nothing,
  },
  mark_read: {
    summary: 'Read up to `seq`, or all.',
    access: writers,
    payload: z.strictObject({
      chatId: id,
      userType: z.enum(['customer', 'agent']).optional(),
      seq: counter.optional(),
    }),
    reply: readPosition,
  },
  sync_chat: {
    summary: 'The messages after `afterSeq`, what else changed after `afterRev`, and the state.',
    access: members,
    payload: z.strictObject({ chatId: id, afterSeq: counter, afterRev: counter.optional() }),
    reply: chatSnapshot,
  },
  leave_chat: {
    summary: 'The customer ends the chat.',
    access: { visitor: 'own' },
    payload: chatOnly,
    reply: chatEnd,
  },
  rate_chat: {
    summary: 'The customer rates the chat.',
    access: { visitor: 'own' },
    payload: z.strictObject({ chatId: id, ...ratingInput }),
    reply: nothing,
  },
  watch_chat: {
    summary: 'Opens a chat in the console: catch up, then live.',
    access: { agent: 'department', admin: 'all' },
    payload: z.strictObject({ chatId: id, afterSeq: counter.optional(), afterRev: counter.optional() }),
    reply: chatSnapshot,
  },
  unwatch_chat: {
    summary: 'Stops watching a chat, also one that can no longer be seen.',
    access: { agent: 'all', admin: 'all' },
    payload: chatOnly,
    reply: nothing,
  },
  sync_inbox: {
    summary:
      'The chats in which somebody wrote or which were opened, assigned, transferred or ended since a moment, or since the last answer’s `since`; without it, all that are open. One that went out of sight does not come.',
    access: { agent: 'department', admin: 'all' },
    payload: z.strictObject({ since: z.string().min(1).max(200).optional() }).prefault({}),
    reply: inboxSync,
  },
  assign_chat: {
    summary: 'Claims a waiting chat; an admin who names an agent gives that agent any open chat.',
    access: { agent: 'department', admin: 'all' },
    payload: z.strictObject({ chatId: id, agentId: id.optional() }),
    namesAgent: true,
    reply: assignment,
  },
  close_chat: {
    summary: 'The agent ends the chat.',
    access: { agent: 'assigned', admin: 'all' },
    payload: chatOnly,
    reply: chatEnd,
  },
  agent_status: {
    summary: "Sets one's own presence.",
    access: { agent: 'own', admin: 'own' },
    payload: z.strictObject({ status: z.enum(PRESENCE_STATUSES), agentId: id.optional() }),
    reply: z.object({ agentId: id, status: z.enum(PRESENCE_STATUSES) }),
  },
});

const chatIntroduction = {
  chatId: id,
  customerName: z.string(),
  customerEmail: z.string().nullable(),
  department: z.string().nullable(),
  timestamp,
};

export const chatServerEvents = defineServerEvents({
  chat_joined: {
    summary: 'To the customer who opened, rejoined or reopened a chat.',
    payload: z.object({
      chatId: id,
      status: z.enum(CHAT_STATUSES),
      message: z.string(),
      messages: z.array(message),
      lastSeq: counter,
      lastRev: counter,
      queuePosition: z.int().optional(),
      estimatedWait: z.int().optional(),
      availability: availability.optional(),
    }),
  },
  new_message: { summary: 'A message was stored.', payload: message },
  agent_joined: {
    summary: 'To the customer: an agent has taken the chat.',
    payload: z.object({
      chatId: id,
      agentId: id,
      agentName: z.string(),
      avatar: z.string().optional(),
      message: z.string(),
    }),
  },
  user_typing: {
    summary: 'Somebody else in the chat writes, or has stopped.',
    payload: z.object({ chatId: id, userName: z.string(), isTyping: z.boolean() }),
  },
  messages_read: {
    summary: 'The other side has read up to `seq`.',
    payload: z.object({ chatId: id, readBy: z.enum(['customer', 'agent']), seq: counter, timestamp }),
  },
  chat_closed: { summary: 'The chat has ended.', payload: chatEnd },
  heartbeat: {
    summary: 'Every 25 s: the counters of the chats that this connection follows.',
    payload: z.object({ chats: z.array(z.object({ chatId: id, lastSeq: counter, lastRev: counter })) }),
  },
  queue_update: {
    summary: 'To the waiting customer: the place in the queue, 1 being next.',
    payload: z.object({ chatId: id, position: z.int(), estimatedWait: z.int().optional() }),
  },
  new_chat: {
    summary: "To the department's agents: a customer waits.",
    payload: z.object({ ...chatIntroduction, message: z.string() }),
  },
  chat_assigned: { summary: "To the department's agents: somebody has the chat.", payload: assignment },
  chat_assigned_to_you: {
    summary: 'To every device of the agent who got the chat.',
    payload: z.object({ ...chatIntroduction, firstMessage: z.string() }),
  },
  chat_message_notification: {
    summary: "To the chat's agent where they are not watching it.",
    payload: z.object({ chatId: id, customerName: z.string(), message: z.string() }),
  },
  chat_updated: {
    summary: 'To the agents who may see the chat: its line in their list, as it is now.',
    payload: z.object({ chatId: id, lastSeq: counter, lastRev: counter, chat }),
  },
  chat_viewers: {
    summary: 'To the agents who watch a chat: who they are, each once however many devices watch.',
    payload: z.object({
      chatId: id,
      agents: z.array(z.object({ id, name: z.string(), avatar: z.string().nullable() })),
    }),
  },
  agent_presence_update: {
    summary: "To all staff: an agent's status.",
    payload: z.object({
      agentId: id,
      status: z.enum(PRESENCE_STATUSES),
      /** Why, where the server made an agent `away`. */
      reason: z.enum(['idle', 'missed_offers']).optional(),
      timestamp,
    }),
  },
});
