import { TIMES } from '@wzatco/sdk/contract/constants';
import type { Actor, Context } from '../../lib/context.ts';
import { checkWriter, loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import { authorOf } from './send-message.ts';

/** Somebody began or stopped writing. */
export type TellTyping = (
  chat: ChatRecord,
  actor: Actor,
  payload: { chatId: string; userName: string; isTyping: boolean },
) => void;

/** Who writes where: kept in memory only, and ended by the server when the writer falls silent. */
export interface Typing {
  set(context: Context, input: { chatId: string; isTyping: boolean }): Promise<Record<string, never>>;
  /** Forgets all; for the server's end. */
  stop(): void;
}

export function createTyping(needs: ChatNeeds, tell: TellTyping): Typing {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const forget = (key: string) => {
    clearTimeout(timers.get(key));
    return timers.delete(key);
  };
  return {
    async set({ actor }, { chatId, isTyping }) {
      const chat = await loadChat(needs, actor, chatId);
      checkWriter(actor, chat);
      const author = authorOf(actor, chat);
      const key = `${chatId}|${author.senderId}`;
      const say = (now: boolean) => tell(chat, actor, { chatId, userName: author.senderName, isTyping: now });
      const wasTyping = forget(key);
      if (isTyping) {
        timers.set(
          key,
          setTimeout(() => {
            timers.delete(key);
            say(false);
          }, TIMES.typingExpires),
        );
      }
      if (isTyping || wasTyping) say(isTyping);
      return {};
    },
    stop() {
      for (const key of timers.keys()) forget(key);
    },
  };
}
