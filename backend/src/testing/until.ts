import type { Readable } from '@wzatco/sdk';
import { SLOWNESS } from './test-database.ts';

/** So long may anything take that a test waits for, in milliseconds. */
const PATIENCE = 12_000 * SLOWNESS;

/**
 * The first value that fits: the present one or one to come.
 *
 * @param patience How long it is waited for, in milliseconds.
 * @throws An Error that shows the last value.
 * @example const state = await until(store.state, ({ status }) => status === 'active');
 */
export function until<T>(
  readable: Readable<T>,
  fits: (value: T) => boolean,
  patience: number = PATIENCE,
): Promise<T> {
  // From here, so that a failure names the line of the test that waits.
  const late = new Error();
  return new Promise((resolve, reject) => {
    let unsubscribe = () => {};
    const timer = setTimeout(() => {
      unsubscribe();
      late.message = `no value fitted; the last one: ${JSON.stringify(readable.get())}`;
      reject(late);
    }, patience);
    let found = false;
    unsubscribe = readable.subscribe((value) => {
      if (found || !fits(value)) return;
      found = true;
      clearTimeout(timer);
      // Subscribing calls at once, before there is something to unsubscribe.
      queueMicrotask(() => unsubscribe());
      resolve(value);
    });
  });
}
