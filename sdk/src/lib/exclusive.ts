/** Runs a task while nobody else who uses the same name does. */
export type Exclusive = (name: string, task: () => Promise<void>) => Promise<void>;

/**
 * Exclusion by name. `shared`: between all tabs of the origin where the browser has Web Locks and gives them
 * (secure contexts); otherwise within this object only.
 *
 * @example
 * const exclusive = createExclusive({ shared: true });
 * await exclusive('outbox', async () => sendAll());
 */
export function createExclusive({ shared }: { shared: boolean }): Exclusive {
  const here = exclusiveHere();
  const locks = shared ? webLocks() : null;
  if (!locks) return here;
  return async (name, task) => {
    let ran: Promise<void> | null = null;
    try {
      await locks.request(name, () => (ran = task()));
    } catch (error) {
      // A failure of the task is the caller's; a refused lock (a sandboxed frame) is no reason not to run it.
      if (ran) throw error;
      await here(name, task);
    }
  };
}

function exclusiveHere(): Exclusive {
  const tails = new Map<string, Promise<void>>();
  return (name, task) => {
    const run = (tails.get(name) ?? Promise.resolve()).then(task);
    // Whoever waits behind runs after a failure too; the failure itself goes to this caller.
    const tail = run.then(
      () => undefined,
      () => undefined,
    );
    tails.set(name, tail);
    void tail.then(() => {
      if (tails.get(name) === tail) tails.delete(name);
    });
    return run;
  };
}

function webLocks(): LockManager | null {
  const navigator: { locks?: LockManager } | undefined = globalThis.navigator;
  return navigator?.locks ?? null;
}
