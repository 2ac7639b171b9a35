import type { Texts } from './locales/en.ts';
import type { SupportState } from './support.ts';

/**
 * What a screen reader is to say after a change: the newest message of the other side that came since, once;
 * null for nothing new.
 */
export function createAnnouncer(): (state: SupportState, texts: Texts) => string | null {
  let chatId: string | null = null;
  let saidSeq = 0;
  return ({ chatState }, texts) => {
    if (!chatState || chatState.loading) return null;
    if (chatState.chatId !== chatId) {
      chatId = chatState.chatId;
      saidSeq = chatState.lastSeq;
      return null;
    }
    const fresh = chatState.messages.filter(
      ({ mine, seq, deletedAt }) => !mine && seq !== null && seq > saidSeq && deletedAt === null,
    );
    const newest = fresh.at(-1);
    if (!newest?.seq) return null;
    saidSeq = newest.seq;
    return fresh
      .map(({ senderName, content, attachments }) =>
        texts.messageFrom(
          senderName || texts.support,
          [content, ...attachments.map(({ name }) => name)].filter(Boolean).join(', '),
        ),
      )
      .join('\n');
  };
}
