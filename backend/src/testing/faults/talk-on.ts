import type { Talker } from './talkers.ts';

/** So long may it take, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Waits until each of them has had so many more messages acknowledged.
 *
 * @throws an Error with how many each of them has had.
 */
export async function talkOn(talkers: readonly Talker[], more: number): Promise<void> {
  const before = talkers.map((talker) => talker.acknowledged());
  const grown = () => talkers.map((talker, at) => talker.acknowledged() - (before[at] ?? 0));
  const end = performance.now() + PATIENCE;
  while (grown().some((count) => count < more)) {
    if (performance.now() > end)
      throw new Error(`acknowledged were only ${grown().join(', ')} messages more`);
    await Bun.sleep(10);
  }
}
