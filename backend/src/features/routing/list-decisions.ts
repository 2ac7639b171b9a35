import type { EndpointParsed, EndpointReply, routingEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import { z } from 'zod';
import type { Context } from '../../lib/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../../lib/cursor.ts';
import { loadChat } from '../chat/index.ts';
import { toDecision } from './open-offers.ts';
import type { RoutingNeeds } from './routing-needs.ts';

type List = (typeof routingEndpoints)['GET /api/chats/:id/routing'];

const cursorKey = z.tuple([z.iso.datetime(), z.string().regex(/^[0-9a-f]{24}$/)]);

/** What was decided about a chat, newest first. @throws NOT_FOUND, VALIDATION_FAILED for another list's cursor. */
export async function listDecisions(
  needs: RoutingNeeds,
  context: Context,
  { params, query }: EndpointParsed<List>,
): Promise<EndpointReply<List>> {
  const chat = await loadChat(needs.chat, context.actor, params.id);
  const after = query.cursor ? decodeCursor(query.cursor, cursorKey) : null;
  const at = after && new Date(after[0]);
  const behind = at && {
    at: trusted({ $lte: at }),
    $or: [{ at: trusted({ $lt: at }) }, { _id: trusted({ $lt: after[1] }) }],
  };
  const records = await needs.decisions
    .find({ chatId: chat._id, ...behind })
    .sort({ at: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean();
  return toPage(
    records,
    query.limit,
    ({ at: when, _id }) => encodeCursor([when.toISOString(), String(_id)]),
    toDecision,
  );
}
