import type { Availability } from '../../../contract/business-hours.ts';
import type { ChatMessage, ChatState, ClientError, VisitorSession } from '../../../client/index.ts';
import type { Texts } from '../../locales/en.ts';

/** When a closed site opens again, as one says it to a customer, by their own clock. */
const MOMENT = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: 'numeric',
  minute: '2-digit',
} as const;

/** Whether nobody answers now, by what was told at some time before. */
export function isAway({ isAway: wasAway, opensAt }: Availability, now = Date.now()): boolean {
  return wasAway && !(opensAt && Date.parse(opensAt) <= now);
}

/** Whether a message can be answered later: by a known address, or by the site that signed who it is. */
export function isReachable(session: VisitorSession | null): boolean {
  return session !== null && (session.customer.verified || session.customer.email !== null);
}

/** Why nobody answers now. */
export function awayWords({ isOpen, opensAt }: Availability, texts: Texts, locale: string): string {
  if (isOpen) return texts.nobodyThere;
  return texts.closed(opensAt ? new Date(opensAt).toLocaleString(locale, MOMENT) : '');
}

/** The message that was to open a chat, and that the server refused later because nobody is there and no address is known. */
export function refusedOpening(chat: ChatState | null): ChatMessage | null {
  if (!chat || (chat.status !== 'closed' && !chat.chatId.startsWith('pending:'))) return null;
  return chat.messages.find(({ error }) => awayIn(error)) ?? null;
}

/** That nobody is there, where it is why the server refused to open a chat without an address. */
export function awayIn(failure: ClientError | null): Availability | null {
  return (failure?.details?.['availability'] as Availability | undefined) ?? null;
}
