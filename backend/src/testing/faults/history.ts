import { wrongDisplay, type Display } from './display.ts';
import type { Outcome } from './fault.ts';

/** A message as it was acknowledged, or as it is stored. */
export interface Entry {
  chatId: string;
  /** The sender's own name for it. */
  clientMessageId: string;
  seq: number;
  content: string;
}

/** What senders were told and what everybody sees, to be compared with what is stored. */
export interface History {
  readonly acknowledged: number;
  readonly attempted: number;
  /** Somebody wrote a message; how often it is sent is the client's affair. */
  attempt(clientMessageId: string): void;
  /** The server said that it has stored a message. It may say so again, and must then say the same. */
  acknowledge(entry: Entry): void;
  /** Something is wrong that only its witness can tell: a client gave a message up. Once is enough. */
  report(fault: string): void;
  /** While people still write: acknowledged and not stored, stored twice, numbers with gaps, stored and never written. */
  compare(stored: Iterable<Entry>): string[];
  /** When all is calm: besides, everything written is stored, and what everybody sees is what is stored. */
  outcome(stored: readonly Entry[], displays: readonly Display[]): Outcome;
}

/**
 * @example
 * history.attempt('id-1'); history.acknowledge({ chatId, clientMessageId: 'id-1', seq: 1, content: 'Hello' });
 * history.compare(storedMessages) // []
 */
export function createHistory(): History {
  const attempts = new Set<string>();
  const acknowledged = new Map<string, Entry>();
  const reports = new Set<string>();
  const history: History = {
    get acknowledged() {
      return acknowledged.size;
    },
    get attempted() {
      return attempts.size;
    },
    attempt: (clientMessageId) => void attempts.add(clientMessageId),
    acknowledge(entry) {
      const before = acknowledged.get(entry.clientMessageId);
      if (before && !isSame(before, entry)) reports.add(`acknowledged differently: ${show(entry)}`);
      acknowledged.set(entry.clientMessageId, entry);
    },
    report: (fault) => void reports.add(fault),
    compare(stored) {
      const faults = [...reports];
      const found = new Map<string, Entry>();
      const last = new Map<string, number>();
      for (const entry of stored) {
        if (found.has(entry.clientMessageId)) faults.push(`doubled: ${show(entry)}`);
        found.set(entry.clientMessageId, entry);
        const before = last.get(entry.chatId) ?? 0;
        if (entry.seq !== before + 1) faults.push(`out of order: after ${before} comes ${show(entry)}`);
        last.set(entry.chatId, entry.seq);
        if (!attempts.has(entry.clientMessageId)) faults.push(`never written: ${show(entry)}`);
      }
      for (const entry of acknowledged.values()) {
        const kept = found.get(entry.clientMessageId);
        if (!kept) faults.push(`lost: ${show(entry)}`);
        else if (!isSame(kept, entry)) faults.push(`acknowledged as ${show(entry)}, stored as ${show(kept)}`);
      }
      return faults;
    },
    outcome(stored, displays) {
      const names = new Set(stored.map(({ clientMessageId }) => clientMessageId));
      const neverCame = [...attempts].filter((id) => !names.has(id) && !acknowledged.has(id));
      const shown = displays.flatMap(({ chatId, messages }) => messages.map(({ seq }) => `${chatId} ${seq}`));
      return {
        sent: attempts.size,
        acknowledged: acknowledged.size,
        stored: stored.length,
        displayed: new Set(shown).size,
        faults: [
          ...history.compare(stored),
          ...neverCame.map((id) => `lost: message ${id} was written, and never arrived`),
          ...displays.flatMap((display) => wrongDisplay(display, stored)),
        ],
      };
    },
  };
  return history;
}

function isSame(one: Entry, other: Entry): boolean {
  return one.chatId === other.chatId && one.seq === other.seq && one.content === other.content;
}

const show = ({ chatId, seq, content }: Entry): string => `chat ${chatId}, message ${seq} '${content}'`;
