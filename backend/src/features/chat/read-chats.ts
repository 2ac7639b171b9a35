import type { EndpointParsed, EndpointReply, VisitorSession, chatEndpoints } from '@wzatco/sdk/contract';
import { trusted, type QueryFilter } from 'mongoose';
import { AppError } from '../../lib/app-error.ts';
import type { Context } from '../../lib/context.ts';
import { loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { toMessage } from './chat.dto.ts';
import type { ChatRecord } from './chat.model.ts';
import { lastChangedFirst } from './list-chats.ts';
import type { MessageRecord } from './message.model.ts';

type Table = typeof chatEndpoints;
type Query<Key extends keyof Table> = Extract<EndpointParsed<Table[Key]>, { query: unknown }>['query'];

/** How long a closed chat is shown to its returning customer: 30 days, in milliseconds. */
const SHOWN_AFTER_CLOSE = 30 * 24 * 60 * 60 * 1000;

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

/** Of a customer's open chats the last active one. */
export async function lastOpenChat(
  { chats }: Pick<ChatNeeds, 'chats'>,
  customerId: string,
): Promise<ChatRecord | null> {
  const open = await chats.find({ customerId, status: trusted({ $in: ['waiting', 'active'] }) }).lean();
  return open.toSorted(lastChangedFirst)[0] ?? null;
}

/** The chat that a returning customer's widget shows: the open one, else the last if it ended within 30 days. */
export async function currentChat(needs: ChatNeeds, customerId: string): Promise<VisitorSession['chat']> {
  // Where a clock was set back, an ended chat may be the newer one by its times.
  const last =
    (await lastOpenChat(needs, customerId)) ??
    (await needs.chats.findOne({ customerId }).sort({ lastActivityAt: -1, _id: -1 }).lean());
  if (!last) return null;
  if (last.closedAt && needs.now().getTime() - last.closedAt.getTime() > SHOWN_AFTER_CLOSE) return null;
  return { id: String(last._id), status: last.status, lastSeq: last.lastSeq };
}
