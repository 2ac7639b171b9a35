import {
  countSystemMessage,
  insertSystemMessage,
  type ChatRecord,
  type MessageRecord,
} from '../chat/index.ts';
import type { UserRecord } from '../users/index.ts';
import { recordDecision } from './record-decision.ts';
import type { RoutingNeeds } from './routing-needs.ts';

/** What the customers are told. */
const HANDED_BACK = 'The agent had to leave this chat. Somebody else will be with you soon.';

/** Lets every active chat of a user who may have none any more wait again, in its department. */
export async function returnChats(needs: RoutingNeeds, user: UserRecord): Promise<void> {
  const active = { assignedAgentId: user._id, status: 'active' as const };
  // What is returned is not found again; nobody has so many that this takes long.
  for (;;) {
    const chat = await needs.chat.chats.findOne(active).lean();
    if (!chat) return;
    const returned = await needs.chat.inTurn(String(chat._id), () => returnChat(needs, user, chat));
    if (returned) tell(needs, user, returned);
  }
}

interface Returned {
  chat: ChatRecord;
  message: MessageRecord;
}

/** In one transaction, if the user still has it. */
function returnChat(needs: RoutingNeeds, user: UserRecord, { _id }: ChatRecord): Promise<Returned | null> {
  const at = needs.chat.now();
  const said = countSystemMessage(HANDED_BACK, at);
  return needs.chat.connection.transaction(async (session) => {
    const chat = await needs.chat.chats
      .findOneAndUpdate(
        { _id, assignedAgentId: user._id, status: 'active' },
        {
          // `queuedAt` stays: that the agent went is no fault of the customer.
          $set: { status: 'waiting', assignedAgentId: null, waitingSince: at, ...said.set },
          $inc: said.inc,
          $unset: { idleSince: '', idleWarnedAt: '' },
        },
        { returnDocument: 'after', session },
      )
      .lean();
    if (!chat) return null;
    const message = await insertSystemMessage(needs.chat, session, chat, HANDED_BACK);
    const agent = { id: String(user._id), name: user.name };
    const reason = `${user.name} may have no chats any more.`;
    await recordDecision(needs, { chatId: _id, kind: 'withdrawn', agent, reason }, session);
    return { chat, message };
  });
}

function tell({ chat: { bus } }: RoutingNeeds, user: UserRecord, { chat, message }: Returned): void {
  const agentId = String(user._id);
  bus.publish('message.stored', { chat, message });
  bus.publish('chat.returned', {
    chat,
    by: { id: agentId, name: user.name },
    wasWaiting: false,
    previousAgentId: agentId,
    previousDepartmentId: chat.departmentId,
  });
}
