import type { Message } from '@wzatco/sdk/contract';
import { TIMES } from '@wzatco/sdk/contract/constants';
import { trusted, type ClientSession } from 'mongoose';
import { forbidden, notFound } from '../../lib/app-error.ts';
import type { Actor, Context } from '../../lib/context.ts';
import { releaseAttachments } from '../attachments/index.ts';
import { checkMember, loadChat, stillMember } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { toMessage } from './chat.dto.ts';
import type { ChatRecord } from './chat.model.ts';
import type { MessageRecord } from './message.model.ts';
import { preview } from './preview.ts';
import './chat-events.ts';

/** What a message becomes. */
type Change = Partial<Pick<MessageRecord, 'content' | 'attachments' | 'editedAt' | 'deletedAt'>>;

/** Which message, and what `decide` makes of it: null where it is so already. */
interface ChangeInput {
  chatId: string;
  messageId: string;
  decide: (message: MessageRecord, at: Date) => Change | null;
}

/**
 * Changes one's own message within the time for it, keeps what it said before, and tells the others once that is
 * committed; in an ended chat too. What is so already is no change, whenever it comes.
 *
 * @throws NOT_FOUND, FORBIDDEN for another's message or too late, and what `decide` throws.
 */
export function changeMessage(needs: ChatNeeds, context: Context, input: ChangeInput): Promise<Message> {
  return needs.writes.run(() => needs.inTurn(input.chatId, () => change(needs, context, input)));
}

async function change(
  needs: ChatNeeds,
  context: Context,
  { chatId, messageId, decide }: ChangeInput,
): Promise<Message> {
  const { actor } = context;
  const chat = await loadChat(needs, actor, chatId);
  const at = needs.now();
  const { message, changedChat } = await needs.connection.transaction(async (session) => {
    // Read and written in one transaction: of two edits at once the second sees the first.
    const seen = await needs.messages.findOne({ _id: messageId, chatId }).session(session).lean();
    if (!seen) throw notFound('message');
    checkAuthor(actor, seen);
    const fields = decide(seen, at);
    if (!fields) return { message: seen, changedChat: null };
    checkMember(actor, chat);
    if (at.getTime() - seen.createdAt.getTime() > TIMES.messageChangeable) {
      throw forbidden('A message can be changed for 15 minutes only.');
    }
    const next = await nextRev(needs, session, actor, chat);
    await needs.messageRevisions.create([revisionOf(seen, at)], { session });
    const stored = await needs.messages
      .findOneAndUpdate(
        { _id: seen._id },
        { $set: { ...fields, rev: next.lastRev, changedRev: next.lastRev } },
        { returnDocument: 'after', session },
      )
      .lean();
    if (!stored) throw notFound('message');
    if (fields.deletedAt && seen.attachments.length > 0)
      await releaseAttachments(needs.attachments, session, seen._id);
    return { message: stored, changedChat: await withLastMessage(needs, session, next, stored) };
  });
  if (changedChat) needs.bus.publish('message.changed', { chat: changedChat, message });
  return toMessage(message);
}

function checkAuthor(actor: Actor, message: MessageRecord): void {
  const own = actor.kind === 'visitor' ? actor.customerId : actor.kind === 'user' ? actor.id : null;
  const side = actor.kind === 'visitor' ? 'customer' : 'agent';
  if (message.sender !== side || String(message.senderId) !== own) {
    throw forbidden('You can change your own messages only.');
  }
}

async function nextRev(
  { chats }: ChatNeeds,
  session: ClientSession,
  actor: Actor,
  chat: ChatRecord,
): Promise<ChatRecord> {
  const next = await chats
    .findOneAndUpdate(
      { _id: chat._id, ...stillMember(actor) },
      { $inc: { lastRev: 1 } },
      { returnDocument: 'after', session },
    )
    .lean();
  if (!next) throw forbidden('This chat is somebody else’s now.');
  return next;
}

/** Lists show the last message as it is now. */
async function withLastMessage(
  needs: ChatNeeds,
  session: ClientSession,
  chat: ChatRecord,
  message: MessageRecord,
): Promise<ChatRecord> {
  if (!(await isShown(needs, session, chat, message))) return chat;
  const lastMessage = preview(
    message.content,
    message.sender,
    chat.lastMessage.timestamp,
    message.attachments,
  );
  await needs.chats.updateOne({ _id: chat._id }, { $set: { lastMessage } }, { session });
  return { ...chat, lastMessage };
}

/** Is this the message that lists show? Behind it may stand what the customer was told, such as that nobody is there. */
async function isShown(
  { messages }: ChatNeeds,
  session: ClientSession,
  { _id, lastSeq, lastMessage }: ChatRecord,
  { seq, sender, createdAt }: MessageRecord,
): Promise<boolean> {
  if (seq === lastSeq) return true;
  if (lastMessage.sender !== sender || lastMessage.timestamp.getTime() !== createdAt.getTime()) return false;
  const said = { chatId: _id, seq: trusted({ $gt: seq }), sender: trusted({ $ne: 'system' as const }) };
  return (await messages.exists(said).session(session)) === null;
}

function revisionOf(message: MessageRecord, replacedAt: Date) {
  const { _id, chatId, rev, content, attachments, editedAt, createdAt } = message;
  return { messageId: _id, chatId, rev, content, attachments, writtenAt: editedAt ?? createdAt, replacedAt };
}
