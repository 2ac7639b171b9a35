import type { ChatAttachment, ChatMessage } from '@wzatco/sdk';

export type { ChatAttachment, ChatMessage };

/** What a message list shows, from top to bottom. */
export type LogEntry =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'remark'; key: string; message: ChatMessage }
  | {
      kind: 'group';
      key: string;
      sender: ChatMessage['sender'];
      senderName: string;
      mine: boolean;
      messages: ChatMessage[];
    };

/** A pause after which the same sender begins a new group. */
const PAUSE = 5 * 60_000;

/**
 * Messages with a heading for each day, and each sender's run as one group.
 *
 * @param dayOf the calendar day of a moment where the reader is
 */
export function groupMessages(messages: readonly ChatMessage[], dayOf: (moment: Date) => string): LogEntry[] {
  const entries: LogEntry[] = [];
  let day = '';
  let before: ChatMessage | null = null;
  for (const message of messages) {
    const today = dayOf(new Date(message.timestamp));
    const last = entries.at(-1);
    if (today !== day) {
      entries.push({ kind: 'day', key: `day-${today}-${message.key}`, at: message.timestamp });
      day = today;
    }
    if (message.sender === 'system') {
      entries.push({ kind: 'remark', key: message.key, message });
    } else if (last?.kind === 'group' && entries.at(-1) === last && before && continues(before, message)) {
      last.messages.push(message);
    } else {
      const { key, sender, senderName, mine } = message;
      entries.push({ kind: 'group', key, sender, senderName, mine, messages: [message] });
    }
    before = message;
  }
  return entries;
}

function continues(before: ChatMessage, message: ChatMessage): boolean {
  return (
    before.sender === message.sender &&
    before.senderId === message.senderId &&
    before.mine === message.mine &&
    Date.parse(message.timestamp) - Date.parse(before.timestamp) < PAUSE
  );
}
