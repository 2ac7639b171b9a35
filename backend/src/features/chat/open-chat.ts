import type { Availability, ChatSnapshot } from '@wzatco/sdk/contract';
import { Types, trusted } from 'mongoose';
import { isDuplicateKey } from '../../db/base-schema.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Context, VisitorActor } from '../../lib/context.ts';
import { useAttachments } from '../attachments/index.ts';
import { activityTime } from './activity-time.ts';
import { loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { searchTermsOf } from './chat-search.ts';
import { readSnapshot } from './chat-snapshot.ts';
import { lastOpenChat } from './read-chats.ts';
import type { ChatRecord } from './chat.model.ts';
import { openKeyOf } from './open-key.ts';
import { introduce } from './introduce.ts';
import { insertMessage } from './insert-message.ts';
import { readAway } from './read-away.ts';
import { saidBefore } from './said-before.ts';
import { authorOf, sendMessage } from './send-message.ts';
import { preview } from './preview.ts';
import { insertSystemMessage } from './system-message.ts';
import './chat-events.ts';

/** How a customer opens or rejoins a chat. */
export interface OpenChatInput {
  name?: string | undefined;
  email?: string | undefined;
  department?: string | null | undefined;
  message?: string | undefined;
  attachments?: string[] | undefined;
  chatId?: string | undefined;
  afterSeq?: number | undefined;
  afterRev?: number | undefined;
  clientMessageId?: string | undefined;
  page?: string | undefined;
}

type VisitorContext = Context<VisitorActor>;

/** So often an opening that met another one is tried again. */
const MAX_ATTEMPTS = 3;

/**
 * Opens the customer's chat with a first message; or, where one is open (or named by `chatId`), rejoins it and adds
 * the message to it. Parallel openings give one chat, where the site does not allow several; a repeated one stores
 * nothing new: it is known by its `clientMessageId`, without one by its words.
 *
 * @throws VALIDATION_FAILED without a message where there is no chat to rejoin; NOT_FOUND for somebody else's chat.
 */
export async function openChat(
  needs: ChatNeeds,
  context: VisitorContext,
  input: OpenChatInput,
  attempt = 1,
): Promise<ChatSnapshot> {
  const existing = await existingChat(needs, context.actor, input);
  if (existing) return rejoin(needs, context, existing, input);
  if (!input.message && !input.attachments?.length) {
    throw new AppError('VALIDATION_FAILED', 'message: a chat begins with a message');
  }
  try {
    const first = { ...input, message: input.message ?? '' };
    const opened = await needs.writes.run(() => createChat(needs, context, first));
    const snapshot = await readSnapshot(needs, opened.chat, {
      seq: input.afterSeq ?? 0,
      rev: input.afterRev,
    });
    return { ...snapshot, availability: opened.availability };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    // Somebody was faster: another tab, or this very opening sent twice.
    const winner = await existingChat(needs, context.actor, input);
    if (winner) return rejoin(needs, context, winner, input);
    // It has ended since.
    if (attempt >= MAX_ATTEMPTS) throw error;
    return openChat(needs, context, input, attempt + 1);
  }
}

async function existingChat(
  needs: ChatNeeds,
  actor: VisitorActor,
  input: OpenChatInput,
): Promise<ChatRecord | null> {
  if (input.chatId) return loadChat(needs, actor, input.chatId);
  const { customerId } = actor;
  if (input.clientMessageId !== undefined) {
    // Said before, as the first or a later message of a chat, it belongs there, whatever is open by now.
    const before = await needs.messages
      .findOne({ senderId: customerId, clientMessageId: input.clientMessageId })
      .lean();
    if (before) return needs.chats.findById(before.chatId).lean();
  }
  const openKey = await openKeyOf(needs, actor);
  if (openKey === null) return null;
  const open = await needs.chats.findOne({ openKey }).lean();
  if (open) return open;
  // One from a time when the site allowed several has no such key.
  return lastOpenChat(needs, customerId);
}

async function rejoin(
  needs: ChatNeeds,
  context: VisitorContext,
  chat: ChatRecord,
  input: OpenChatInput,
): Promise<ChatSnapshot> {
  const chatId = String(chat._id);
  const says = input.message !== undefined || (input.attachments?.length ?? 0) > 0;
  if (says && (input.clientMessageId !== undefined || !(await saidBefore(needs, chat, input)))) {
    await sendMessage(needs, context, {
      chatId,
      message: input.message ?? '',
      attachments: input.attachments,
      clientMessageId: input.clientMessageId,
    });
  }
  const current = await loadChat(needs, context.actor, chatId);
  return readSnapshot(needs, current, { seq: input.afterSeq ?? 0, rev: input.afterRev });
}

async function createChat(
  needs: ChatNeeds,
  { actor, ip, afterwards }: VisitorContext,
  input: OpenChatInput & { message: string },
): Promise<{ chat: ChatRecord; availability: Availability }> {
  const { customer, said, site, departmentId } = await introduce(needs, actor, input);
  const openKey = await openKeyOf(needs, actor);
  const { availability, reason, notice: away } = await readAway(needs, site, departmentId);
  if (away && customer.email === null && !customer.verified) {
    throw new AppError('VALIDATION_FAILED', `email: is needed to leave a message. ${reason}`, {
      availability,
    });
  }
  await needs.limits.write({ actor, ip }, input.message);
  const at = needs.now();
  const customerName = customer.name ?? 'Visitor';
  const author = authorOf(actor, { customerName });
  const ids = { chatId: new Types.ObjectId(), messageId: new Types.ObjectId() };
  const opened = await needs.connection.transaction(async (session) => {
    const given = input.attachments ?? [];
    const attachments = await useAttachments(needs.attachments, session, actor, given, ids);
    // With the chat or not at all: an opening that is refused changes nothing of the customer.
    await needs.customers.updateOne(
      { _id: actor.customerId, verified: trusted({ $ne: true }) },
      { $set: said },
      { session },
    );
    const [created] = await needs.chats.create(
      [
        {
          _id: ids.chatId,
          siteId: actor.siteId,
          customerId: actor.customerId,
          customerName,
          customerEmail: customer.email,
          departmentId,
          status: 'waiting',
          lastSeq: away ? 2 : 1,
          lastRev: away ? 2 : 1,
          lastMessage: preview(input.message, author.sender, at, attachments),
          queuedAt: at,
          waitingSince: at,
          page: input.page ?? null,
          ...(openKey === null ? {} : { openKey }),
          openedWith: input.clientMessageId ?? null,
          searchTerms: searchTermsOf(customerName, customer.email),
          lastActivityAt: activityTime(at),
          createdAt: at,
        },
      ],
      { session },
    );
    if (!created) throw new Error('create answers with the documents that it stored');
    // Here, where it is the one that is made: of many starts at once the others rejoin it.
    await needs.limits.open({ actor, ip });
    const message = await insertMessage(needs, session, {
      _id: ids.messageId,
      chatId: created._id,
      seq: 1,
      rev: 1,
      clientMessageId: input.clientMessageId ?? null,
      content: input.message,
      createdAt: at,
      attachments,
      ...author,
    });
    const chat = created.toObject();
    return {
      chat,
      message,
      notice: away && (await insertSystemMessage(needs, session, chat, away)),
    };
  });
  const { chat, message, notice } = opened;
  afterwards(() => {
    needs.bus.publish('chat.opened', { chat, message });
    if (notice) needs.bus.publish('message.stored', { chat, message: notice });
  });
  return { chat, availability };
}
