import { defineClientEvents, type ClientEventTable } from '@wzatco/sdk/contract';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from './app-error.ts';
import type { EventContext, EventRegistry, LiveSocket } from './on-event.ts';
import { answerEvents, registerEvents } from './on-event.ts';
import { createLogger } from './log.ts';

const table = defineClientEvents({
  ask: {
    summary: 'Asks.',
    access: { visitor: 'own' },
    payload: z.strictObject({ n: z.int() }),
    reply: z.int(),
  },
} satisfies ClientEventTable);

/** Sends one event through the door and gives its acknowledgement. */
function ask(handler: (n: number) => number | Promise<number>, payload: unknown): Promise<unknown> {
  const registry: EventRegistry = new Map();
  registerEvents(registry, table, { ask: (_context, { n }) => handler(n) }, true);
  const context = {
    actor: { kind: 'visitor', customerId: '1', siteId: '2' },
    requestId: 'r1',
    log: createLogger('silent'),
  } as EventContext;
  return new Promise((resolve) => {
    const socket = { onAny: (listener: (...args: unknown[]) => void) => listener('ask', payload, resolve) };
    answerEvents(socket as unknown as LiveSocket, registry, {
      createContext: () => context,
      admit: async () => undefined,
      track: (answer) => answer(),
    });
  });
}

describe('the one door for events', () => {
  test('answers with the handler’s value', async () => {
    expect(await ask((n) => n + 1, { n: 1 })).toEqual({ success: true, data: 2 });
  });

  test('a handler that throws, at once or later, is answered and harms nothing else', async () => {
    const unexpected = {
      success: false,
      error: expect.objectContaining({ code: 'INTERNAL', details: { requestId: 'r1' } }),
    };
    const sync = () => {
      throw new Error('a secret of ours');
    };
    expect(await ask(sync, { n: 1 })).toEqual(unexpected);
    expect(await ask(() => Promise.reject(new Error('a secret of ours')), { n: 1 })).toEqual(unexpected);
    expect(JSON.stringify(await ask(sync, { n: 1 }))).not.toContain('secret');
  });

  test('an expected failure keeps its code and details', async () => {
    const refuse = () => {
      throw new AppError('CONFLICT', 'Taken.', { by: 'Anna' });
    };
    expect(await ask(refuse, { n: 1 })).toEqual({
      success: false,
      error: { code: 'CONFLICT', message: 'Taken.', details: { by: 'Anna' } },
    });
  });

  test('a reply that is not what the contract says is an error, where replies are checked', async () => {
    expect(await ask(() => 1.5, { n: 1 })).toMatchObject({ success: false, error: { code: 'INTERNAL' } });
  });

  test('a payload with an unknown field is refused and named', async () => {
    expect(await ask((n) => n, { n: 1, more: true })).toMatchObject({
      success: false,
      error: { code: 'VALIDATION_FAILED', message: expect.stringContaining('more') },
    });
  });
});
