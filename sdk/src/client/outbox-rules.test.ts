import { expect, test } from 'vitest';
import { ERROR_STATUS, type ErrorCode } from '../contract/constants.ts';
import { ClientError } from './client-error.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import {
  afterFailure,
  afterKick,
  afterRetry,
  byWriting,
  dueLanes,
  headOf,
  isRetryable,
} from './outbox-rules.ts';

function entry(id: string, more: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    id,
    owner: '',
    lane: 'chat',
    writtenAt: 1,
    order: 1,
    text: id,
    opening: null,
    attempts: 0,
    notBefore: 0,
    waitsFrom: 0,
    waitsFor: null,
    failure: null,
    ...more,
  };
}

const refused = { code: 'VALIDATION_FAILED', message: 'no', status: 400 } as const;
const error = (code: ErrorCode | 'OFFLINE', details?: Record<string, unknown>) =>
  new ClientError(code, 'why', 0, details);

test('what was written first goes first, in the same millisecond too', () => {
  const written = [entry('c', { writtenAt: 2 }), entry('b', { order: 2 }), entry('a', { order: 1 })];
  expect(written.toSorted(byWriting).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

test('an entry that waits holds back those behind it, in its chat only', () => {
  const entries = [entry('a', { notBefore: 500 }), entry('b', { order: 2 }), entry('x', { lane: 'other' })];
  expect(headOf(entries, 'chat')?.id).toBe('a');
  expect(dueLanes(entries, 0)).toEqual([
    { lane: 'chat', at: 500 },
    { lane: 'other', at: 0 },
  ]);
});

test('what was written behind an opening goes before what was written later in the chat that came of it', () => {
  const opening = entry('a', { lane: 'pending:a', opening: {} });
  const behind = entry('b', { lane: 'pending:a', order: 2 });
  const later = entry('c', { order: 3 });
  const elsewhere = entry('d', { lane: 'other', order: 4 });
  expect(dueLanes([later, behind, elsewhere, opening], 0)).toEqual([{ lane: 'pending:a', at: 0 }]);
  expect(headOf([later, behind], 'chat')).toBeNull();
  expect(headOf([later, elsewhere], 'other')?.id).toBe('d');
});

test('an opening goes behind what was written before it, and a refused one holds up nothing else', () => {
  const before = entry('a');
  const opening = entry('b', { lane: 'pending:b', opening: {}, order: 2 });
  const later = entry('c', { order: 3 });
  expect(headOf([before, opening], 'pending:b')).toBeNull();
  const refusedOne = { ...opening, failure: refused };
  expect(headOf([refusedOne, entry('x', { lane: 'pending:b', order: 2 }), later], 'chat')?.id).toBe('c');
});

test('a refused message lets the next ones pass, a refused opening none', () => {
  expect(headOf([entry('a', { failure: refused }), entry('b', { order: 2 })], 'chat')?.id).toBe('b');
  expect(
    headOf([entry('a', { failure: refused, opening: {} }), entry('b', { order: 2 })], 'chat'),
  ).toBeNull();
  expect(dueLanes([entry('a', { failure: refused })], 0)).toEqual([]);
});

test('no answer, a server in trouble and an ended session are tried again; any other refusal is final', () => {
  const codes = ['OFFLINE', ...Object.keys(ERROR_STATUS)] as (ErrorCode | 'OFFLINE')[];
  expect(codes.filter((code) => isRetryable(error(code)))).toEqual([
    'OFFLINE',
    'UNAUTHENTICATED',
    'RATE_LIMITED',
    'INTERNAL',
    'UNAVAILABLE',
  ]);
});

test('each attempt waits longer, and never less than the server asked for', () => {
  const random = () => 0.999_999;
  const once = afterFailure(entry('a'), error('OFFLINE'), 1_000, random);
  const twice = afterFailure(once, error('OFFLINE'), 1_000, random);
  expect([once.notBefore, twice.notBefore, twice.attempts]).toEqual([2_000, 3_000, 2]);
  const limited = afterFailure(entry('a'), error('RATE_LIMITED', { retryAfterMs: 60_000 }), 1_000, random);
  expect(limited.notBefore).toBe(62_000);
  const spread = afterFailure(entry('a'), error('UNAVAILABLE', { retryAfterMs: 60_000 }), 1_000, () => 0.25);
  expect(spread.notBefore).toBe(61_250);
});

test('who is asked to come back much later hears so, and does not hold up what stands behind', () => {
  const details = { retryAfterMs: 24 * 3_600_000 };
  const failed = afterFailure(entry('a'), error('RATE_LIMITED', details), 0);
  expect(failed).toEqual(
    entry('a', { failure: { code: 'RATE_LIMITED', message: 'why', status: 0, details } }),
  );
  expect(headOf([failed, entry('b', { order: 2 })], 'chat')?.id).toBe('b');
  const soon = afterFailure(entry('a'), error('RATE_LIMITED', { retryAfterMs: 600_000 }), 0);
  expect(soon.failure).toBeNull();
});

test('a clock that is set back ends a wait instead of making it an hour longer', () => {
  const hour = 3_600_000;
  const waiting = afterFailure(entry('a'), error('OFFLINE'), hour, () => 0.5);
  expect(dueLanes([waiting], hour + 499)).toEqual([{ lane: 'chat', at: hour + 500 }]);
  expect(dueLanes([waiting], 0)).toEqual([{ lane: 'chat', at: 0 }]);
  expect(dueLanes([waiting], 2 * hour)).toEqual([{ lane: 'chat', at: hour + 500 }]);
});

test('a refusal keeps its reason and the text; a retry by hand begins anew under the same id', () => {
  const failed = afterFailure(entry('a', { attempts: 3 }), error('CHAT_CLOSED', { since: 1 }), 0);
  expect(failed.failure).toEqual({ code: 'CHAT_CLOSED', message: 'why', status: 0, details: { since: 1 } });
  expect(afterRetry(failed)).toEqual(entry('a'));
});

test('a free way ends the wait for it, not the wait that the server asked for', () => {
  const waiting = { attempts: 4, notBefore: 9_000 };
  expect(afterKick(entry('a', { ...waiting, waitsFor: 'OFFLINE' }))).toEqual(entry('a'));
  const limited = entry('a', { ...waiting, waitsFor: 'RATE_LIMITED' });
  expect(afterKick(limited)).toBe(limited);
});
