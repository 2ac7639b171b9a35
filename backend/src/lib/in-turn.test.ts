import { expect, test } from 'vitest';
import { createInTurn } from './in-turn.ts';

test('work of one name waits for what came before, a failure too; other names do not', async () => {
  const inTurn = createInTurn();
  const done: string[] = [];
  const gate = Promise.withResolvers<void>();
  const step = (name: string) => async () => {
    done.push(name);
    return name;
  };
  const all = Promise.allSettled([
    inTurn('a', async () => {
      await gate.promise;
      done.push('a1');
      throw new Error('failed');
    }),
    inTurn('a', step('a2')),
    inTurn('b', step('b1')).then(() => gate.resolve()),
    inTurn('a', step('a3')),
  ]);
  const [first, second] = await all;
  expect(done).toEqual(['b1', 'a1', 'a2', 'a3']);
  expect(first.status).toBe('rejected');
  expect(second).toEqual({ status: 'fulfilled', value: 'a2' });
});
