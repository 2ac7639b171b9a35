import type { EndpointParsed, EndpointReply, routingEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import type { Context } from '../../lib/context.ts';
import { decodeMoment, encodeMoment, toPage } from '../../lib/cursor.ts';
import { loadChat } from '../chat/index.ts';
import { toDecision } from './open-offers.ts';
import type { RoutingNeeds } from './routing-needs.ts';

type List = (typeof routingEndpoints)['GET /api/chats/:id/routing'];

/** What was decided about a chat, newest first. @throws NOT_FOUND, VALIDATION_FAILED for another list's cursor. */
export async function listDecisions(
  needs: RoutingNeeds,
  context: Context,
  { params, query }: EndpointParsed<List>,
): Promise<EndpointReply<List>> {
  const chat = await loadChat(needs.chat, context.actor, params.id);
  const after = query.cursor ? decodeMoment(query.cursor) : null;
  const behind = after && {
    at: trusted({ $lte: after.at }),
    $or: [{ at: trusted({ $lt: after.at }) }, { _id: trusted({ $lt: after.id }) }],
  };
  const records = await needs.decisions
    .find({ chatId: chat._id, ...behind })
    .sort({ at: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean();
  return toPage(records, query.limit, ({ at, _id }) => encodeMoment({ at, id: String(_id) }), toDecision);
}
