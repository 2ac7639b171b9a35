import type { ChatRecord } from './chat.model.ts';
import type { MessageRecord } from './message.model.ts';

/** What lists show of a message: its words, or the names of what is attached. */
export function preview(
  content: string,
  sender: MessageRecord['sender'],
  timestamp: Date,
  attachments: MessageRecord['attachments'] = [],
): ChatRecord['lastMessage'] {
  const words = content || attachments.map(({ name }) => `📎 ${name}`).join(', ');
  const line = words.trim().replaceAll(/\s+/g, ' ');
  return { content: firstCharacters(line, 200), sender, timestamp };
}

/** Whole characters, not halves of one. */
function firstCharacters(line: string, count: number): string {
  if (line.length <= count) return line;
  return Array.from(line.slice(0, 2 * count))
    .slice(0, count)
    .join('');
}
