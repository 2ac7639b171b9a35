import type { Outcome } from './fault.ts';
import type { Entry, History } from './history.ts';
import type { Talker } from './talkers.ts';

/**
 * Nobody writes any more: waits until all that was written has arrived and everybody has caught up, and compares.
 *
 * @param stored All messages of their chats, by chat and number.
 * @example const outcome = await comeToRest(talkers, history, () => [...storedMessages(file)]);
 */
export async function comeToRest(
  talkers: readonly Talker[],
  history: History,
  stored: () => readonly Entry[] | Promise<readonly Entry[]>,
): Promise<Outcome> {
  await Promise.all(talkers.map((talker) => talker.finish()));
  const all = await stored();
  const lastSeqs = new Map(all.map(({ chatId, seq }) => [chatId, seq]));
  const displays = await Promise.all(
    talkers.map((talker) => talker.display(lastSeqs.get(talker.chatId) ?? 0)),
  );
  return history.outcome(
    all,
    displays.filter((display) => display !== null),
  );
}
