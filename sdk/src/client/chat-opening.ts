import type { ChatSnapshot } from '../contract/chats.ts';
import { createTimer } from '../lib/timer.ts';
import { ClientError } from './client-error.ts';
import type { Outbox } from './outbox.ts';

/** How an opening went, as far as one waits for it. */
export type OpeningOutcome =
  | { kind: 'opened'; snapshot: ChatSnapshot }
  | { kind: 'refused'; error: ClientError }
  /** No answer soon: it goes on in the background. */
  | { kind: 'pending' };

/** One who waits for his chat to open. */
export interface Opening {
  outcome: Promise<OpeningOutcome>;
  /** The server has opened it. */
  opened(snapshot: ChatSnapshot): void;
  /** Nobody waits any more. */
  stop(): void;
}

/** A person at a form waits so long, in milliseconds. */
const PATIENCE = 3_000;

/**
 * Watches an opening in the outbox until it is opened, refused, or has to wait (then `onPending` is called first).
 *
 * @example
 * const opening = watchOpening(outbox, clientMessageId, () => show('Your message will go out as soon as it can.'));
 * const outcome = await opening.outcome;
 */
export function watchOpening(outbox: Outbox, clientMessageId: string, onPending: () => void): Opening {
  const timer = createTimer();
  let finish: (outcome: OpeningOutcome) => void = () => undefined;
  const outcome = new Promise<OpeningOutcome>((resolve) => {
    finish = resolve;
  });
  let over = false;
  const end = (how: OpeningOutcome) => {
    if (over) return;
    over = true;
    timer.clear();
    unsubscribe();
    if (how.kind === 'pending') onPending();
    finish(how);
  };
  let unsubscribe = () => {};
  unsubscribe = outbox.entries.subscribe((entries) => {
    const entry = entries.find(({ id }) => id === clientMessageId);
    if (entry?.failure) {
      const { code, message, status, details } = entry.failure;
      end({ kind: 'refused', error: new ClientError(code, message, status, details) });
    } else if (entry && entry.attempts > 0) {
      end({ kind: 'pending' });
    }
  });
  timer.set(PATIENCE, () => end({ kind: 'pending' }));
  return {
    outcome,
    opened: (snapshot) => end({ kind: 'opened', snapshot }),
    stop: () => end({ kind: 'pending' }),
  };
}
