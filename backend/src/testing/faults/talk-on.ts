import type { Talker } from './talkers.ts';

/** So long may it take where nothing else is said, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Waits until each of them has had so many more messages acknowledged.
 *
 * @throws an Error with how many each of them has had.
 */
export async function talkOn(
  talkers: readonly Talker[],
  more: number,
  patience: number = PATIENCE,
): Promise<void> {
  const before = talkers.map((talker) => talker.acknowledged());
  const grown = () => talkers.map((talker, at) => talker.acknowledged() - (before[at] ?? 0));
  const end = performance.now() + patience;
  while (grown().some((count) => count < more)) {
    if (performance.now() > end)
      throw new Error(`acknowledged were only ${grown().join(', ')} messages more`);
    await Bun.sleep(10);
  }
}
