import { TIMES } from '../contract/constants.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import { createTimer } from '../lib/timer.ts';

/** Who else writes now. */
export interface TypingIndicator {
  readonly names: Readable<readonly string[]>;
  /** Somebody writes, or has stopped. */
  note(name: string, isTyping: boolean): void;
  clear(): void;
}

/** The server ends it in time; a little later we do, should its word be lost. */
const EXPIRES = TIMES.typingExpires + 1_000;

/**
 * Keeps who writes, each for a limited time.
 *
 * @example
 * const typing = createTypingIndicator();
 * typing.note('Ada', true);
 * typing.names.get(); // ['Ada']
 */
export function createTypingIndicator(): TypingIndicator {
  const names = createReadable<readonly string[]>([]);
  const until = new Map<string, number>();
  const timer = createTimer();

  function refresh(): void {
    const now = performance.now();
    for (const [name, end] of until) if (end <= now) until.delete(name);
    const next = [...until.keys()];
    if (next.join('\n') !== names.get().join('\n')) names.set(next);
    if (until.size > 0) timer.set(Math.min(...until.values()) - now, refresh);
    else timer.clear();
  }

  return {
    names,
    note(name, isTyping) {
      if (isTyping) until.set(name, performance.now() + EXPIRES);
      else until.delete(name);
      refresh();
    },
    clear() {
      until.clear();
      refresh();
    },
  };
}
