import { TIMES } from '../contract/constants.ts';
import { createTimer } from '../lib/timer.ts';

/** Tells the other side that one writes: rarely enough for the server, often enough not to expire there. */
export interface TypingSender {
  /** Call it on each key with true, and with false when the text is gone. */
  set(isTyping: boolean): void;
  /** The message is out, which says it all. */
  sent(): void;
  clear(): void;
}

/** Said again while somebody goes on writing, well before the server's expiry (milliseconds). */
const REPEAT = TIMES.typingExpires / 2;

/**
 * Throttles `tell` to one call per 500 ms; the last state always gets through, and silence becomes «stopped».
 *
 * @example
 * const typing = createTypingSender((isTyping) => realtime.tell('typing', { chatId, isTyping }));
 * input.oninput = () => typing.set(input.value !== '');
 */
export function createTypingSender(tell: (isTyping: boolean) => void): TypingSender {
  const delayed = createTimer();
  const idle = createTimer();
  let told = false;
  /** By a clock that nobody sets. */
  let toldAt = -Infinity;

  function say(isTyping: boolean): void {
    told = isTyping;
    toldAt = performance.now();
    tell(isTyping);
  }

  function set(isTyping: boolean): void {
    delayed.clear();
    if (isTyping) idle.set(TIMES.typingExpires, () => set(false));
    else idle.clear();
    const since = performance.now() - toldAt;
    if (isTyping === told && (!isTyping || since < REPEAT)) return;
    if (since >= TIMES.typingEvery) say(isTyping);
    else delayed.set(TIMES.typingEvery - since, () => say(isTyping));
  }

  function clear(): void {
    delayed.clear();
    idle.clear();
    told = false;
  }

  return { set, sent: clear, clear };
}
