import type { Chat, Message } from '@wzatco/sdk/contract';

/** How a transcript is written: piece by piece, so that no chat is too long for it. */
export interface TranscriptFormat {
  type: string;
  extension: string;
  /** What comes before the first message. */
  begin(chat: Chat, clock: Clock): string;
  /** @param isFirst Is there none before it? */
  message(message: Message, clock: Clock, isFirst: boolean): string;
  end(): string;
}

/** Writes moments as people read them, in one time zone. */
export interface Clock {
  timeZone: string;
  /** @example clock.show('2026-01-05T09:00:00.000Z') // '2026-01-05 10:00:00' in Europe/Berlin */
  show(timestamp: string): string;
}

export function createClock(timeZone: string): Clock {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return { timeZone, show: (timestamp) => format.format(new Date(timestamp)) };
}

/** What is said of a message besides what it says. */
export function remarksOn({ editedAt, deletedAt }: Message): string {
  if (deletedAt !== undefined) return ' (deleted)';
  return editedAt === undefined ? '' : ' (edited)';
}
