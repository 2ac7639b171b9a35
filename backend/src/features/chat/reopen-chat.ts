import type { ClientSession } from 'mongoose';
import { AppError } from '../../lib/app-error.ts';
import type { Actor } from '../../lib/context.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import type { MessageRecord } from './message.model.ts';
import { openKeyOf } from './open-key.ts';
import { readAway } from './read-away.ts';
import { insertSystemMessage } from './system-message.ts';

/** What is changed of an ended chat. */
export interface Reopening {
  set: Partial<ChatRecord>;
  inc: { reopenCount: number };
}

const HOUR = 60 * 60 * 1000;

/**
 * What an ended chat becomes with a new message of its customer, within the site's time for it: it waits again, as
 * itself, with its numbers. Null where it stays ended. Who gets it is routing's question, which hears `chat.reopened`:
 * `previousAgentId` says who had it.
 */
export async function reopening(needs: ChatNeeds, actor: Actor, chat: ChatRecord): Promise<Reopening | null> {
  if (actor.kind !== 'visitor' || chat.status !== 'closed' || !chat.closedAt) return null;
  const { reopenWithinHours } = await needs.chatRules.of(String(chat.siteId));
  const at = needs.now();
  if (at.getTime() - chat.closedAt.getTime() >= reopenWithinHours * HOUR) return null;
  const openKey = await openKeyOf(needs, actor);
  const departments = await needs.departments.list();
  const isRemoved = !departments.some(({ id }) => id === String(chat.departmentId));
  return {
    set: {
      status: 'waiting',
      assignedAgentId: null,
      assignedAt: null,
      previousAgentId: chat.assignedAgentId,
      closedAt: null,
      closedBy: null,
      reopenedAt: at,
      // Behind those who wait: its earlier wait is over.
      queuedAt: at,
      waitingSince: at,
      // Who left before anybody came has not waited while they were away.
      ...(chat.firstAssignedAt || chat.assignedAt ? {} : { firstWaitSince: at }),
      // What a server that died left of an offer is nobody's any more.
      offer: null,
      // Nobody looks into the queue of a department that is no more.
      ...(chat.departmentId && isRemoved && { departmentId: null }),
      measureDue: true,
      ...(openKey === null ? {} : { openKey }),
    },
    inc: { reopenCount: 1 },
  };
}

/**
 * Where nobody is there for a chat that waits again, its customer is told, as who opens one is; an address is not asked
 * for, since the chat is known. Null where somebody may be. Lists go on showing the customer's words.
 */
export async function tellAway(
  needs: ChatNeeds,
  session: ClientSession,
  { _id, siteId, departmentId }: ChatRecord,
): Promise<{ chat: ChatRecord; notice: MessageRecord } | null> {
  const site = await needs.sites.findById(siteId).lean();
  const { notice } = site
    ? await readAway(needs, site, departmentId && String(departmentId))
    : { notice: null };
  if (notice === null) return null;
  const chat = await needs.chats
    .findOneAndUpdate({ _id }, { $inc: { lastSeq: 1, lastRev: 1 } }, { returnDocument: 'after', session })
    .orFail()
    .lean();
  return { chat, notice: await insertSystemMessage(needs, session, chat, notice) };
}

/** Another chat of the customer is open, where there may be one: the message belongs there. */
export async function otherIsOpen(needs: ChatNeeds, actor: Actor): Promise<AppError> {
  const openKey = actor.kind === 'visitor' ? await openKeyOf(needs, actor) : null;
  const open = openKey === null ? null : await needs.chats.findOne({ openKey }).lean();
  return new AppError(
    'CHAT_CLOSED',
    'This chat has ended, and another one is open.',
    open ? { chatId: String(open._id) } : undefined,
  );
}
