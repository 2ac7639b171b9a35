import { RETRYABLE_CODES } from '../contract/constants.ts';
import { backoff } from '../lib/backoff.ts';
import type { ClientError } from './client-error.ts';
import { isPendingLane, type OutboxEntry } from './outbox-entry.ts';

const WAIT = { base: 1_000, cap: 30_000 };
/** Nobody is left with a message that is "sending" for longer than this (ms) by the server's word. */
const LONGEST_WAIT = 10 * 60_000;

/** The order of writing. */
export function byWriting(a: OutboxEntry, b: OutboxEntry): number {
  return a.writtenAt - b.writtenAt || a.order - b.order || (a.id < b.id ? -1 : 1);
}

/**
 * The lane's entry that goes out next, due or not; null where there is none, or where what was written before it goes
 * first. That is what belongs to an opening: the chat that comes of it may be the one that this lane is of.
 */
export function headOf(entries: readonly OutboxEntry[], lane: string): OutboxEntry | null {
  const head = firstOf(entries, lane);
  if (head === null) return null;
  const waits = lanesOf(entries).some((other) => {
    if (other === lane || !(isPendingLane(lane) || isPendingLane(other))) return false;
    const rival = firstOf(entries, other);
    return rival !== null && byWriting(rival, head) < 0;
  });
  return waits ? null : head;
}

/** The lane's first entry that is still to go out. A refused message lets the next ones pass, a refused opening none. */
export function firstOf(entries: readonly OutboxEntry[], lane: string): OutboxEntry | null {
  for (const entry of entries.filter((entry) => entry.lane === lane).sort(byWriting)) {
    if (!entry.failure) return entry;
    if (entry.opening) return null;
  }
  return null;
}

/** When it is due (ms since 1970): at once where the clock was set back behind the beginning of its wait. */
export function dueAt({ notBefore, waitsFrom }: OutboxEntry, now: number): number {
  return now < waitsFrom ? Math.min(notBefore, now) : notBefore;
}

/** Lanes with something to send, and when it is due (ms since 1970). */
export function dueLanes(entries: readonly OutboxEntry[], now: number): { lane: string; at: number }[] {
  return lanesOf(entries).flatMap((lane) => {
    const head = headOf(entries, lane);
    return head ? [{ lane, at: dueAt(head, now) }] : [];
  });
}

function lanesOf(entries: readonly OutboxEntry[]): string[] {
  return [...new Set(entries.map(({ lane }) => lane))];
}

/**
 * May the same succeed later without a person? No answer, a server in trouble, too many requests; and a session
 * that has ended, since the next login may carry it.
 */
export function isRetryable(error: ClientError): boolean {
  const retryable: readonly string[] = RETRYABLE_CODES;
  return error.code === 'OFFLINE' || error.code === 'UNAUTHENTICATED' || retryable.includes(error.code);
}

/**
 * May it be tried again without a person? What the server asks to come back with only much later (a day's limit)
 * is told at once instead, so that what stands behind it goes on.
 */
export function isWorthWaiting(error: ClientError): boolean {
  return isRetryable(error) && askedWait(error) <= LONGEST_WAIT;
}

/** The time that the server asked for, in milliseconds. */
function askedWait({ details }: ClientError): number {
  const asked = details?.['retryAfterMs'];
  return typeof asked === 'number' ? asked : 0;
}

/** The entry after a failed attempt: waiting for the next one, or failed for good. */
export function afterFailure(
  entry: OutboxEntry,
  error: ClientError,
  now: number,
  random: () => number = Math.random,
): OutboxEntry {
  if (!isWorthWaiting(error)) {
    const { code, message, status, details } = error;
    return { ...entry, failure: { code, message, status, ...(details ? { details } : {}) } };
  }
  // On top of what was asked for: all whom a busy server sent away at once must not come back at once.
  const wait = backoff(entry.attempts, { ...WAIT, random }) + askedWait(error);
  return {
    ...entry,
    attempts: entry.attempts + 1,
    notBefore: now + wait,
    waitsFrom: now,
    waitsFor: error.code,
  };
}

/** Of an entry that waits for nothing. */
export const AT_ONCE = { attempts: 0, notBefore: 0, waitsFrom: 0, waitsFor: null } as const;

/** The entry once the way is free again (connected, signed in): due at once, unless the server asked for time. */
export function afterKick(entry: OutboxEntry): OutboxEntry {
  const waits = entry.waitsFor === 'OFFLINE' || entry.waitsFor === 'UNAUTHENTICATED';
  return waits ? { ...entry, ...AT_ONCE } : entry;
}

/** The entry when a person asks for another attempt. */
export function afterRetry(entry: OutboxEntry): OutboxEntry {
  return { ...entry, failure: null, ...AT_ONCE };
}
