/** Counts work under way, so that an end can wait for it. */
export interface InFlight {
  /** Runs the work, counted. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves when nothing is under way, or after `timeout` milliseconds; false then. */
  idle(timeout: number): Promise<boolean>;
}

/** @example const inFlight = createInFlight(); await inFlight.run(answer); await inFlight.idle(5_000); */
export function createInFlight(): InFlight {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    async run(work) {
      count += 1;
      try {
        return await work();
      } finally {
        count -= 1;
        if (count === 0) for (const resolve of waiting) resolve();
      }
    },
    idle(timeout) {
      if (count === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const done = () => finish(true);
        const timer = setTimeout(() => finish(false), timeout);
        const finish = (idle: boolean) => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve(idle);
        };
        waiting.add(done);
      });
    },
  };
}
