import type { EndpointParsed, EndpointReply, messageEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import { z } from 'zod';
import type { Context } from '../../lib/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../../lib/cursor.ts';
import { notFound } from '../../lib/app-error.ts';
import { loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';

type History = (typeof messageEndpoints)['GET /api/chats/:id/messages/:messageId/history'];

const cursorKey = z.tuple([z.string().regex(/^\d{1,15}$/)]);

/** What a message said before; a cursor goes on in either order. @throws NOT_FOUND, VALIDATION_FAILED for what is no cursor. */
export async function readMessageHistory(
  needs: ChatNeeds,
  context: Context,
  { params, query }: EndpointParsed<History>,
): Promise<EndpointReply<History>> {
  const chat = await loadChat(needs, context.actor, params.id);
  const message = await needs.messages.exists({ _id: params.messageId, chatId: chat._id });
  if (!message) throw notFound('message');
  const after = query.cursor ? Number(decodeCursor(query.cursor, cursorKey)[0]) : null;
  const [beyond, direction] = query.order === 'newest' ? (['$lt', -1] as const) : (['$gt', 1] as const);
  const records = await needs.messageRevisions
    .find({
      messageId: params.messageId,
      ...(after === null ? {} : { rev: trusted({ [beyond]: after }) }),
    })
    .sort({ rev: direction })
    .limit(query.limit + 1)
    .lean();
  return toPage(
    records,
    query.limit,
    ({ rev }) => encodeCursor([String(rev)]),
    ({ rev, content, writtenAt, replacedAt }) => ({
      rev,
      content,
      writtenAt: writtenAt.toISOString(),
      replacedAt: replacedAt.toISOString(),
    }),
  );
}
