import type { Message } from '@wzatco/sdk/contract';
import { Types, type ClientSession } from 'mongoose';
import { isDuplicateKey } from '../../db/base-schema.ts';
import { AppError, forbidden } from '../../lib/app-error.ts';
import type { Actor, Context } from '../../lib/context.ts';
import { useAttachments } from '../attachments/index.ts';
import { activityTime } from './activity-time.ts';
import { checkWriter, loadChat, stillMember } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import { toMessage } from './chat.dto.ts';
import { expectAnswer } from './expect-answer.ts';
import { insertMessage } from './insert-message.ts';
import type { MessageRecord } from './message.model.ts';
import { preview } from './preview.ts';
import { otherIsOpen, reopening, tellAway, type Reopening } from './reopen-chat.ts';
import './chat-events.ts';

/** What somebody sends. */
export interface MessageInput {
  chatId: string;
  message: string;
  attachments?: string[] | undefined;
  clientMessageId?: string | undefined;
}

/**
 * Stores a message of the chat's customer, assignee or an admin, and tells the others once it is committed. A
 * customer's message reopens a chat that ended within the site's time for it.
 * The same `clientMessageId` again stores nothing and answers with the stored message.
 *
 * @throws NOT_FOUND, FORBIDDEN, CHAT_CLOSED, VALIDATION_FAILED for attachments that are not one's own unused ones, and
 * CONFLICT for the same `clientMessageId` with another text or other attachments.
 */
export function sendMessage(needs: ChatNeeds, context: Context, input: MessageInput): Promise<Message> {
  // What one connection sends keeps its order, and sends that come together do not fight for the chat's counters.
  return needs.writes.run(() => needs.inTurn(input.chatId, () => send(needs, context, input)));
}

async function send(needs: ChatNeeds, context: Context, input: MessageInput): Promise<Message> {
  const { actor } = context;
  try {
    if (input.attachments?.length)
      await admitAttachments(needs, actor, input.chatId, input.attachments.length);
    if (actor.kind === 'visitor') await needs.limits.write({ actor, ip: context.ip }, input.message);
    const { reopened, notice, ...stored } = await storeMessage(needs, context, input);
    context.afterwards(() => {
      if (reopened) needs.bus.publish('chat.reopened', { ...stored, notice });
      else needs.bus.publish('message.stored', stored);
    });
    return toMessage(stored.message);
  } catch (error) {
    // A repeated send is answered with what it stored, even if the chat has ended or gone to others since.
    const before = await storedBefore(needs, actor, input);
    if (before) return before;
    // Looked into only now: the write itself finds those who may write, who are nearly all.
    const chat = await loadChat(needs, actor, input.chatId);
    // Whether a customer's message reopens an ended chat showed when it was stored.
    if (actor.kind !== 'visitor') checkWriter(actor, chat);
    throw isDuplicateKey(error) ? await otherIsOpen(needs, actor) : error;
  }
}

async function admitAttachments(
  needs: ChatNeeds,
  actor: Actor,
  chatId: string,
  count: number,
): Promise<void> {
  const chat = await loadChat(needs, actor, chatId);
  if (actor.kind !== 'visitor') checkWriter(actor, chat);
  await needs.attachments.limits.chat.use(chatId, count);
}

/** What was stored; of an ended chat that waits again, also what its customer is told where nobody is there. */
interface Stored {
  chat: ChatRecord;
  message: MessageRecord;
  reopened: boolean;
  notice: MessageRecord | null;
}

/** Numbers and stores in one transaction: a crash leaves neither a hole nor half a message. */
async function storeMessage(needs: ChatNeeds, context: Context, input: MessageInput): Promise<Stored> {
  const { actor } = context;
  const sender = actor.kind === 'visitor' ? ('customer' as const) : ('agent' as const);
  const at = needs.now();
  const chatId = new Types.ObjectId(input.chatId);
  const messageId = new Types.ObjectId();
  return needs.connection.transaction(async (session) => {
    const attachments = await useAttachments(needs.attachments, session, actor, input.attachments ?? [], {
      chatId,
      messageId,
    });
    const counted = await countMessage(needs, session, context, chatId, {
      at,
      lastMessage: preview(input.message, sender, at, attachments),
    });
    if (sender === 'agent') await expectAnswer(needs, counted.chat, session);
    const message = await insertMessage(needs, session, {
      _id: messageId,
      chatId,
      seq: counted.chat.lastSeq,
      rev: counted.chat.lastRev,
      clientMessageId: input.clientMessageId ?? null,
      content: input.message,
      createdAt: at,
      attachments,
      ...authorOf(actor, counted.chat),
    });
    const told = counted.reopened ? await tellAway(needs, session, counted.chat) : null;
    return { ...counted, message, notice: null, ...told };
  });
}

/** Takes the chat's next numbers; of one that has ended too, where the customer may reopen it. */
async function countMessage(
  needs: ChatNeeds,
  session: ClientSession,
  { actor, ip }: Context,
  _id: Types.ObjectId,
  { at, lastMessage }: { at: Date; lastMessage: ChatRecord['lastMessage'] },
): Promise<{ chat: ChatRecord; reopened: boolean }> {
  const count = (status: object | string, more?: Reopening) =>
    // By the driver: Mongoose's casting of a filter and an update that are whole already costs more than the rest.
    needs.chats.collection.findOneAndUpdate(
      { _id, status, ...writerOf(actor) },
      {
        $inc: { lastSeq: 1, lastRev: 1, ...more?.inc },
        $set: {
          lastActivityAt: activityTime(at),
          lastMessage,
          updatedAt: at,
          ...more?.set,
          ...(actor.kind === 'user' && { idleSince: at }),
        },
        ...(actor.kind === 'user'
          ? { $min: { firstResponseAt: at }, $unset: { idleWarnedAt: '' } }
          : { $unset: { idleSince: '', idleWarnedAt: '' } }),
      },
      { returnDocument: 'after', session },
    ) as Promise<ChatRecord | null>;
  const open = await count(actor.kind === 'user' ? 'active' : { $ne: 'closed' });
  if (open) return { chat: open, reopened: false };
  const current =
    actor.kind === 'visitor'
      ? await needs.chats.findOne({ _id, customerId: actor.customerId }).session(session).lean()
      : null;
  const reopen = current && (await reopening(needs, actor, current));
  const again = reopen && (await count('closed', reopen));
  if (!again) throw new AppError('CHAT_CLOSED', 'This chat has ended, or is somebody else’s now.');
  if (actor.kind === 'visitor') await needs.limits.open({ actor, ip });
  return { chat: again, reopened: true };
}

/** Whose chat it must be for this actor to write: a customer's own, an agent's who has it; an admin may in any. */
function writerOf(actor: Actor): { customerId?: Types.ObjectId; assignedAgentId?: Types.ObjectId } {
  if (actor.kind === 'visitor') return { customerId: new Types.ObjectId(actor.customerId) };
  const { assignedAgentId } = stillMember(actor);
  return assignedAgentId === undefined ? {} : { assignedAgentId: new Types.ObjectId(assignedAgentId) };
}

/** Who writes, from the token and never from what the client says. */
export function authorOf(actor: Actor, chat: Pick<ChatRecord, 'customerName'>) {
  if (actor.kind === 'visitor') {
    return { sender: 'customer' as const, senderId: actor.customerId, senderName: chat.customerName };
  }
  if (actor.kind === 'none') throw forbidden();
  return { sender: 'agent' as const, senderId: actor.id, senderName: actor.name };
}

async function storedBefore(
  { messages }: ChatNeeds,
  actor: Actor,
  input: MessageInput,
): Promise<Message | null> {
  if (input.clientMessageId === undefined || actor.kind === 'none') return null;
  const senderId = actor.kind === 'visitor' ? actor.customerId : actor.id;
  const { chatId, clientMessageId } = input;
  const record = await messages.findOne({ chatId, senderId, clientMessageId }).lean();
  if (!record) return null;
  const wasChanged = record.editedAt !== null || record.deletedAt !== null;
  const named = record.attachments.map(({ _id }) => String(_id)).join();
  const isSame = record.content === input.message && named === (input.attachments ?? []).join();
  if (!isSame && !wasChanged) {
    throw new AppError('CONFLICT', 'clientMessageId: was used before for another message');
  }
  return toMessage(record);
}
