import type { ClientSession } from 'mongoose';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';

/** The kind of job that looks after a chat whose customer has fallen silent; its key is the chat's id. */
export const IDLE_JOB = 'chat-idle';

const MINUTE = 60_000;

/** An agent has spoken: from now on the customer owes an answer. Within the message's transaction. */
export async function expectAnswer(
  { chatRules, jobs }: ChatNeeds,
  chat: ChatRecord,
  session: ClientSession,
): Promise<void> {
  const { idleCloseMinutes, idleWarningMinutes } = await chatRules.of(String(chat.siteId));
  if (idleCloseMinutes === 0 || !chat.idleSince) return;
  const minutes = idleWarningMinutes || idleCloseMinutes;
  const dueAt = new Date(chat.idleSince.getTime() + minutes * MINUTE);
  await jobs.schedule(IDLE_JOB, String(chat._id), dueAt, session);
}
