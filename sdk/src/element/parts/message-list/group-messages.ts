import type { ChatMessage } from '../../../client/index.ts';

/** Messages of one sender, one shortly after the other. */
export interface MessageGroup {
  kind: 'group';
  key: string;
  mine: boolean;
  sender: ChatMessage['sender'];
  senderName: string;
  messages: ChatMessage[];
}

/** The beginning of a day, as the customer's clock sees it. */
export interface DayBreak {
  kind: 'day';
  key: string;
  /** A moment of that day, ISO 8601. */
  timestamp: string;
}

/** Milliseconds between two messages of one group. */
const GROUP_PAUSE = 5 * 60_000;

/** `2026-11-23` for a moment in a time zone (the device's own unless given). */
export function dayOf(timestamp: string | number | Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(timestamp));
}

function belongs(group: MessageGroup | DayBreak | undefined, message: ChatMessage): group is MessageGroup {
  if (group?.kind !== 'group') return false;
  const last = group.messages.at(-1);
  return (
    group.mine === message.mine &&
    group.sender === message.sender &&
    group.senderName === message.senderName &&
    last !== undefined &&
    Date.parse(message.timestamp) - Date.parse(last.timestamp) < GROUP_PAUSE
  );
}

/** The list as it is drawn: days, and in them groups of messages by sender. */
export function groupMessages(
  messages: readonly ChatMessage[],
  timeZone?: string,
): (MessageGroup | DayBreak)[] {
  const rows: (MessageGroup | DayBreak)[] = [];
  let day = '';
  for (const message of messages) {
    const messageDay = dayOf(message.timestamp, timeZone);
    if (messageDay !== day) {
      day = messageDay;
      rows.push({ kind: 'day', key: `day:${message.key}`, timestamp: message.timestamp });
    }
    const row = rows.at(-1);
    if (belongs(row, message)) row.messages.push(message);
    else {
      const { mine, sender, senderName } = message;
      rows.push({
        kind: 'group',
        key: `group:${message.key}`,
        mine,
        sender,
        senderName,
        messages: [message],
      });
    }
  }
  return rows;
}
