import type { Display } from './display.ts';
import type { Outcome } from './fault.ts';
import type { Entry, History } from './history.ts';
import type { Talker } from './talkers.ts';

/** All messages of their chats, by chat and number. */
type ReadStored = () => readonly Entry[] | Promise<readonly Entry[]>;

/**
 * Nobody writes any more: waits until all that was written has arrived and everybody has caught up, and compares.
 *
 * @example const outcome = await comeToRest(talkers, history, () => [...storedMessages(file)]);
 */
export async function comeToRest(
  talkers: readonly Talker[],
  history: History,
  readStored: ReadStored,
): Promise<Outcome> {
  const displays = await displaysAtRest(talkers, readStored);
  return history.outcome(await readStored(), displays);
}

/** What everybody sees once all that was written has arrived and they have caught up. */
export async function displaysAtRest(
  talkers: readonly Talker[],
  readStored: ReadStored,
): Promise<readonly Display[]> {
  await Promise.all(talkers.map((talker) => talker.finish()));
  const lastSeqs = new Map((await readStored()).map(({ chatId, seq }) => [chatId, seq]));
  return Promise.all(talkers.map((talker) => talker.display(lastSeqs.get(talker.chatId) ?? 0)));
}
