import type { Transfer } from '@wzatco/sdk/contract';
import { AppError } from '../../lib/app-error.ts';
import type { Context, UserActor } from '../../lib/context.ts';
import {
  assigned,
  checkMember,
  countSystemMessage,
  insertSystemMessage,
  loadChat,
  stillMember,
  type ChatRecord,
  type MessageRecord,
} from '../chat/index.ts';
import { storeNote, type NoteRecord } from '../notes/index.ts';
import { findTarget, type Target } from './find-target.ts';
import { recordDecision } from './record-decision.ts';
import type { RoutingNeeds } from './routing-needs.ts';

export interface TransferInput {
  chatId: string;
  agentId?: string | undefined;
  department?: string | undefined;
  note?: string | undefined;
}

/**
 * Gives an open chat to another agent, or back into the queue of a department, by its assignee or an admin: at once, or
 * not at all. Its customer is told, the note is for the agents.
 *
 * @throws NOT_FOUND, FORBIDDEN, CHAT_CLOSED, VALIDATION_FAILED for a target that cannot have it, CONFLICT for an agent
 * who is offline (an admin may insist).
 */
export async function transferChat(
  needs: RoutingNeeds,
  context: Context<UserActor>,
  input: TransferInput,
): Promise<Transfer> {
  const { actor } = context;
  const chat = await loadChat(needs.chat, actor, input.chatId);
  checkMember(actor, chat);
  if (chat.status === 'closed') throw new AppError('CHAT_CLOSED', 'This chat has ended.');
  const target = await findTarget(needs, actor, chat, input);
  const done = await needs.chat.inTurn(input.chatId, () => move(needs, actor, chat, target, input.note));
  // It was given away, claimed or ended in between: what may be done now is another question.
  if (!done) return transferChat(needs, context, input);
  if (done.note) needs.chat.bus.publish('note.added', { note: done.note, chat: done.chat });
  tell(needs, actor, chat, done, target);
  return {
    chatId: input.chatId,
    agentId: target.agent?.id ?? null,
    agentName: target.agent?.name ?? null,
    department: target.department,
    status: done.chat.status,
  };
}

interface Done {
  chat: ChatRecord;
  message: MessageRecord;
  note: NoteRecord | null;
}

/** In one transaction, only from the state that was seen. */
function move(
  needs: RoutingNeeds,
  actor: UserActor,
  seen: ChatRecord,
  target: Target,
  remark: string | undefined,
): Promise<Done | null> {
  const at = needs.chat.now();
  const text = target.agent
    ? `${actor.name} has handed this chat over to ${target.agent.name}.`
    : `${actor.name} has handed this chat over to ${target.department}. Somebody will be with you soon.`;
  const said = countSystemMessage(text, at);
  const change = target.agent
    ? assigned(seen, target.agent.id, at)
    : {
        status: 'waiting' as const,
        assignedAgentId: null,
        departmentId: target.departmentId,
        // `queuedAt` stays: that the first choice was wrong is no reason to wait behind who came later.
        waitingSince: at,
      };
  return needs.chat.connection.transaction(async (session) => {
    const chat = await needs.chat.chats
      .findOneAndUpdate(
        { _id: seen._id, status: seen.status, assignedAgentId: seen.assignedAgentId, ...stillMember(actor) },
        {
          $set: { ...change, ...said.set },
          $inc: said.inc,
          ...(target.agent && { $min: { firstAssignedAt: at } }),
        },
        { returnDocument: 'after', session },
      )
      .lean();
    if (!chat) return null;
    const message = await insertSystemMessage(needs.chat, session, chat, text);
    const decision = { chatId: seen._id, kind: 'transferred' as const, agent: target.agent, byId: actor.id };
    await recordDecision(needs, { ...decision, reason: text }, session);
    const note = remark ? await storeNote(needs.notes, actor, { chat, content: remark }, session) : null;
    return { chat, message, note };
  });
}

function tell(
  { chat: { bus } }: RoutingNeeds,
  actor: UserActor,
  before: ChatRecord,
  done: Done,
  { agent }: Target,
): void {
  const by = { id: actor.id, name: actor.name };
  const wasWaiting = before.status === 'waiting';
  const previousAgentId = before.assignedAgentId && String(before.assignedAgentId);
  bus.publish('message.stored', { chat: done.chat, message: done.message });
  if (agent) {
    const event = { chat: done.chat, agent, wasWaiting, previousAgentId, by };
    bus.publish('chat.assigned', { ...event, how: 'transferred' });
    return;
  }
  const previousDepartmentId = before.departmentId;
  bus.publish('chat.returned', { chat: done.chat, by, wasWaiting, previousAgentId, previousDepartmentId });
}
