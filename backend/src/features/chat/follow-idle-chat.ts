import { closeBySystem } from './close-chat.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import { countSystemMessage, insertSystemMessage } from './system-message.ts';
import './chat-events.ts';

const MINUTE = 60_000;

/**
 * Warns a customer who has been silent for the site's time, and closes the chat when they stay so; by the rules as they
 * are now. Answers when to look again; nothing where the customer has answered or the chat has ended.
 */
export async function followIdleChat(needs: ChatNeeds, chatId: string): Promise<Date | undefined> {
  const chat = await needs.chats.findById(chatId).lean();
  if (!chat?.idleSince || chat.status !== 'active') return undefined;
  const { idleCloseMinutes, idleWarningMinutes } = await needs.chatRules.of(String(chat.siteId));
  if (idleCloseMinutes === 0) return undefined;
  const isWarned = chat.idleWarnedAt !== undefined;
  const wait = isWarned ? idleCloseMinutes - idleWarningMinutes : idleWarningMinutes || idleCloseMinutes;
  const since = chat.idleWarnedAt ?? chat.idleSince;
  const dueAt = new Date(since.getTime() + wait * MINUTE);
  if (dueAt > needs.now()) return dueAt;
  if (isWarned || idleWarningMinutes === 0) {
    await closeBySystem(needs, chat, stillSilent(chat));
    return undefined;
  }
  return warn(needs, chat, idleCloseMinutes - idleWarningMinutes);
}

/** Whoever has written or ended the chat since it was read was first. */
function stillSilent({ _id, lastSeq }: ChatRecord) {
  return { _id, status: 'active' as const, lastSeq };
}

async function warn(needs: ChatNeeds, chat: ChatRecord, minutesLeft: number): Promise<Date | undefined> {
  const left = minutesLeft === 1 ? '1 minute' : `${minutesLeft} minutes`;
  const content = `Are you still there? This chat will be closed in ${left} unless you answer.`;
  const at = needs.now();
  const said = countSystemMessage(content, at);
  const stored = await needs.inTurn(String(chat._id), () =>
    needs.connection.transaction(async (session) => {
      const next = await needs.chats
        .findOneAndUpdate(
          stillSilent(chat),
          { $inc: said.inc, $set: { ...said.set, idleWarnedAt: at } },
          { returnDocument: 'after', session },
        )
        .lean();
      if (!next) return null;
      return { chat: next, message: await insertSystemMessage(needs, session, next, content) };
    }),
  );
  if (!stored) return undefined;
  needs.bus.publish('message.stored', stored);
  return new Date(at.getTime() + minutesLeft * MINUTE);
}
