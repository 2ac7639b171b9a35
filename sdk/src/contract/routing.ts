import { z } from 'zod';
import { CHAT_STATUSES, LIMITS, OFFER_ENDS, ROUTING_DECISIONS } from './constants.ts';
import { id, name, nothing, pageQuery, remark, timestamp } from './common.ts';
import { defineEndpoints } from './endpoints.ts';
import { defineClientEvents, defineServerEvents } from './events.ts';

/** What routing decided about a chat, or noted that others decided, with the reason in words. */
export const routingDecision = z.object({
  id,
  chatId: id,
  kind: z.enum(ROUTING_DECISIONS),
  /** Whom it concerns: who got the offer, or the chat. */
  agent: z.object({ id, name: z.string() }).nullable(),
  reason: z.string(),
  timestamp,
});
export type RoutingDecision = z.infer<typeof routingDecision>;

/** Who has a transferred chat now; nobody where it waits in a department. */
export const transfer = z.object({
  chatId: id,
  agentId: id.nullable(),
  agentName: z.string().nullable(),
  department: z.string().nullable(),
  status: z.enum(CHAT_STATUSES),
});
export type Transfer = z.infer<typeof transfer>;

/** To whom: an agent or a department, one of the two. */
const target = {
  agentId: id.optional(),
  department: name.optional(),
  /** For the agents, not for the customer. */
  note: remark.max(LIMITS.message).optional(),
};

const staff = { agent: 'department', admin: 'all' } as const;
const writers = { agent: 'assigned', admin: 'all' } as const;

export const routingEndpoints = defineEndpoints({
  'POST /api/chats/:id/transfer': {
    summary: 'Gives a chat to another agent, or back into the queue of a department.',
    access: writers,
    params: z.strictObject({ id }),
    body: z.strictObject(target),
    reply: transfer,
  },
  'GET /api/chats/:id/routing': {
    summary: 'What was decided about a chat and why, newest first.',
    access: staff,
    params: z.strictObject({ id }),
    query: z.strictObject(pageQuery),
    reply: z.array(routingDecision),
    list: true,
  },
});

const chatOnly = z.strictObject({ chatId: id });

export const routingClientEvents = defineClientEvents({
  accept_offer: {
    summary: 'Takes the chat that is offered; `CONFLICT` when it no longer is.',
    access: staff,
    payload: chatOnly,
    reply: transfer,
  },
  decline_offer: {
    summary: 'Leaves the chat that is offered to others.',
    access: staff,
    payload: chatOnly,
    reply: nothing,
  },
  transfer_chat: {
    summary: 'Gives a chat to another agent, or back into the queue of a department.',
    access: writers,
    payload: z.strictObject({ chatId: id, ...target }),
    namesAgent: true,
    reply: transfer,
  },
});

export const routingServerEvents = defineServerEvents({
  chat_offered: {
    summary:
      'To every device of the agent whom a waiting chat is offered to, and to those that connect later.',
    payload: z.object({
      chatId: id,
      customerName: z.string(),
      department: z.string().nullable(),
      /** The first message. */
      message: z.string(),
      /** When it is offered to somebody else. */
      expiresAt: timestamp,
    }),
  },
  offer_closed: {
    summary: 'To the same agent: the offer is over.',
    payload: z.object({ chatId: id, reason: z.enum(OFFER_ENDS) }),
  },
});
