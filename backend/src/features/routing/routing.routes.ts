import type { routingEndpoints } from '@wzatco/sdk/contract';
import { asUser } from '../../lib/context.ts';
import type { Handlers } from '../../lib/mount.ts';
import { listDecisions } from './list-decisions.ts';
import type { RoutingNeeds } from './routing-needs.ts';
import { transferChat } from './transfer-chat.ts';

/** Routing over REST. */
export function createRoutingHandlers(needs: RoutingNeeds): Handlers<typeof routingEndpoints> {
  return {
    'POST /api/chats/:id/transfer': (context, { params, body }) =>
      transferChat(needs, asUser(context), { chatId: params.id, ...body }),
    'GET /api/chats/:id/routing': (context, input) => listDecisions(needs, context, input),
  };
}
