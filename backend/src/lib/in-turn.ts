/** Runs work that bears the same name one after the other, in the order in which it came. */
export type InTurn = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * For a database that does several things at once: work of one name would otherwise overtake, or meet in one document
 * and have to be tried again.
 *
 * @example const inTurn = createInTurn(); await inTurn(chatId, () => storeMessage(chatId, text));
 */
export function createInTurn(): InTurn {
  const tails = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = tails.get(name) ?? Promise.resolve();
    // Whoever waits behind runs after a failure too; the failure itself goes to its own caller.
    const result = before.then(work, work);
    tails.set(name, result);
    const leave = () => {
      if (tails.get(name) === result) tails.delete(name);
    };
    result.then(leave, leave);
    return result;
  };
}

/** For a database that has one line for all changes, and commits together what waits in it. */
export const atOnce: InTurn = (_name, work) => work();
