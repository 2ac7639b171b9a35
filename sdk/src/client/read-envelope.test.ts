import { expect, test } from 'vitest';
import { ClientError } from './client-error.ts';
import { readEnvelope } from './read-envelope.ts';

function failure(envelope: unknown, status?: number): Pick<ClientError, 'code' | 'message' | 'status'> {
  try {
    readEnvelope(envelope, status);
  } catch (error) {
    if (error instanceof ClientError)
      return { code: error.code, message: error.message, status: error.status };
  }
  throw new Error('It did not fail.');
}

test('a success is its data, a list a page', () => {
  expect(readEnvelope({ success: true, data: { a: 1 } })).toEqual({ a: 1 });
  expect(readEnvelope({ success: true, data: [1], page: { nextCursor: 'x' } })).toEqual({
    items: [1],
    nextCursor: 'x',
  });
  expect(readEnvelope({ success: true, data: [], page: { nextCursor: null } })).toEqual({
    items: [],
    nextCursor: null,
  });
  expect(readEnvelope({ success: true, data: [1] })).toEqual([1]);
});

test('a failure is a ClientError with the words of the server', () => {
  const error = { code: 'CONFLICT', message: 'Somebody was first.' };
  expect(failure({ success: false, error }, 409)).toEqual({ ...error, status: 409 });
  // An acknowledgement has no status: the code knows its own.
  expect(failure({ success: false, error })).toEqual({ ...error, status: 409 });
});

test('a code that only a newer server knows becomes the one of its status', () => {
  const error = { code: 'TEAPOT', message: 'Short and stout.' };
  expect(failure({ success: false, error }, 404).code).toBe('NOT_FOUND');
  expect(failure({ success: false, error }, 418).code).toBe('VALIDATION_FAILED');
  expect(failure({ success: false, error }, 599).code).toBe('INTERNAL');
});

test.each([undefined, null, 'Bad gateway', 7, [], {}, { success: false }, { error: 'no' }])(
  'what is no envelope did not come from the server and is tried again: %j',
  (answer) => {
    expect(failure(answer, 502).code).toBe('UNAVAILABLE');
    expect(failure(answer, 200).code).toBe('UNAVAILABLE');
    expect(failure(answer, 413).code).toBe('PAYLOAD_TOO_LARGE');
  },
);
