/** What somebody sees of a chat: its newest messages, from wherever their client begins. */
export interface Display {
  chatId: string;
  messages: readonly { seq: number | null; content: string }[];
}

interface Stored {
  chatId: string;
  seq: number;
  content: string;
}

/**
 * What is wrong with a list: it is the newest part of what is stored, each message once, in order, without a gap.
 *
 * @param stored By chat and number.
 * @example wrongDisplay({ chatId, messages: chat.state.get().messages }, stored) // []
 */
export function wrongDisplay({ chatId, messages }: Display, stored: readonly Stored[]): string[] {
  const faults: string[] = [];
  const theirs = new Map(
    stored.filter((entry) => entry.chatId === chatId).map(({ seq, content }) => [seq, content]),
  );
  const seen = new Set<number>();
  let last = 0;
  for (const { seq, content } of messages) {
    const shown = `message ${seq} '${content}' on the screen of chat ${chatId}`;
    if (seq === null) faults.push(`still on its way: ${shown}`);
    else if (seen.has(seq)) faults.push(`doubled: ${shown}`);
    else if (seq < last) faults.push(`out of order: ${shown} after ${last}`);
    else if (theirs.get(seq) !== content) faults.push(`not what is stored: ${shown}`);
    if (seq === null) continue;
    seen.add(seq);
    last = Math.max(last, seq);
  }
  const from = Math.min(...seen, Infinity);
  const missing = [...theirs.keys()].filter((seq) => !seen.has(seq) && (seq > from || seen.size === 0));
  return [...faults, ...missing.map((seq) => `lost: message ${seq} from the screen of chat ${chatId}`)];
}
