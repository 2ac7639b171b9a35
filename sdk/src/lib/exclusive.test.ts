import { expect, test } from 'vitest';
import { createExclusive } from './exclusive.ts';

/** Lets every waiting promise go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test.each([{ shared: false }, { shared: true }])(
  'tasks of one name follow each other, $shared',
  async (options) => {
    const exclusive = createExclusive(options);
    const log: string[] = [];
    let finish = () => {};
    const first = exclusive('a', async () => {
      log.push('first begins');
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      log.push('first ends');
    });
    const second = exclusive('a', async () => void log.push('second'));
    const other = exclusive('b', async () => void log.push('other name'));
    await other;
    await settle();
    finish();
    await Promise.all([first, second]);
    expect(log).toEqual(['first begins', 'other name', 'first ends', 'second']);
  },
);

test('a failure goes to its caller and lets the next one run', async () => {
  const exclusive = createExclusive({ shared: false });
  const failing = exclusive('a', async () => {
    throw new Error('no');
  });
  let ran = false;
  const next = exclusive('a', async () => {
    ran = true;
  });
  await expect(failing).rejects.toThrow('no');
  await next;
  expect(ran).toBe(true);
});
