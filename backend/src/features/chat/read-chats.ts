import type { EndpointParsed, EndpointReply, VisitorSession, chatEndpoints } from '@wzatco/sdk/contract';
import { trusted, type QueryFilter } from 'mongoose';
import { z } from 'zod';
import { AppError } from '../../lib/app-error.ts';
import type { Actor, Context } from '../../lib/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../../lib/cursor.ts';
import { loadChat, visibleChats } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { toChats, toMessage } from './chat.dto.ts';
import type { MessageRecord } from './message.model.ts';

type Table = typeof chatEndpoints;
type Query<Key extends keyof Table> = Extract<EndpointParsed<Table[Key]>, { query: unknown }>['query'];

const cursorKey = z.tuple([z.iso.datetime(), z.string().regex(/^[0-9a-f]{24}$/)]);

/** How long a closed chat is shown to its returning customer: 30 days, in milliseconds. */
const SHOWN_AFTER_CLOSE = 30 * 24 * 60 * 60 * 1000;

/**
 * The chats that the actor may see, last changed first.
 *
 * @throws VALIDATION_FAILED for a cursor that is not this list's, or an unknown department.
 */
export async function listChats(
  needs: ChatNeeds,
  context: Context,
  query: Query<'GET /api/chats'>,
): Promise<EndpointReply<Table['GET /api/chats']>> {
  const after = query.cursor ? decodeCursor(query.cursor, cursorKey) : null;
  const conditions = [
    visibleChats(context.actor),
    ...(query.q ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => ({ searchTerms: new RegExp(`^${RegExp.escape(word)}`) })),
    ...(after
      ? [
          {
            $or: [
              { lastActivityAt: trusted({ $lt: new Date(after[0]) }) },
              { _id: trusted({ $lt: after[1] }) },
            ],
          },
        ]
      : []),
  ].filter((condition) => Object.keys(condition).length > 0);
  const records = await needs.chats
    .find({
      ...(query.status ? { status: query.status } : {}),
      ...assigneeFilter(context.actor, query.assignee),
      ...(query.department ? { departmentId: await needs.departments.idOf(query.department) } : {}),
      ...(after ? { lastActivityAt: trusted({ $lte: new Date(after[0]) }) } : {}),
      ...(conditions.length > 0 ? { $and: conditions } : {}),
    })
    .sort({ lastActivityAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean();
  const page = toPage(
    records,
    query.limit,
    (record) => encodeCursor([record.lastActivityAt.toISOString(), String(record._id)]),
    (record) => record,
  );
  return { items: await toChats(needs, page.items), nextCursor: page.nextCursor };
}

function assigneeFilter(actor: Actor, assignee: string | undefined): { assignedAgentId?: string | null } {
  if (assignee === undefined) return {};
  if (assignee === 'none') return { assignedAgentId: null };
  if (assignee !== 'me') return { assignedAgentId: assignee };
  if (actor.kind !== 'user')
    throw new AppError('VALIDATION_FAILED', 'assignee: chats are assigned to agents');
  return { assignedAgentId: actor.id };
}

/**
 * A page of a chat's messages in ascending order: those after `after`, or else the newest, before `before` if given.
 * `hasMore`: further in the direction that was asked for.
 */
export async function listMessages(
  needs: ChatNeeds,
  context: Context,
  chatId: string,
  query: Query<'GET /api/chats/:id/messages'>,
): Promise<EndpointReply<Table['GET /api/chats/:id/messages']>> {
  const chat = await loadChat(needs, context.actor, chatId);
  if (query.after !== undefined && query.before !== undefined) {
    throw new AppError('VALIDATION_FAILED', 'before: give either after or before');
  }
  const forward = query.after !== undefined;
  const seq =
    query.after === undefined ? { $lt: query.before ?? Number.MAX_SAFE_INTEGER } : { $gt: query.after };
  const filter: QueryFilter<MessageRecord> = { chatId: chat._id, seq: trusted(seq) };
  const records = await needs.messages
    .find(filter)
    .sort({ seq: forward ? 1 : -1 })
    .limit(query.limit + 1)
    .lean();
  const page = records.slice(0, query.limit).map(toMessage);
  return {
    messages: forward ? page : page.toReversed(),
    lastSeq: chat.lastSeq,
    lastRev: chat.lastRev,
    hasMore: records.length > query.limit,
  };
}

/** The chat that a returning customer's widget shows: the open one, else the last if it ended within 30 days. */
export async function currentChat(needs: ChatNeeds, customerId: string): Promise<VisitorSession['chat']> {
  const last = await needs.chats.findOne({ customerId }).sort({ lastActivityAt: -1, _id: -1 }).lean();
  if (!last) return null;
  if (last.closedAt && needs.now().getTime() - last.closedAt.getTime() > SHOWN_AFTER_CLOSE) return null;
  return { id: String(last._id), status: last.status, lastSeq: last.lastSeq };
}
