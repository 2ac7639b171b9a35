/** One timer that can be set anew and cleared. */
export interface Timer {
  /** Calls `task` after `ms` milliseconds; what was set before is forgotten. */
  set(ms: number, task: () => void): void;
  clear(): void;
  /** Is something going to happen? */
  isSet(): boolean;
}

/**
 * A timer that holds one task at a time.
 *
 * @example
 * const retry = createTimer();
 * retry.set(1_000, connect);
 * retry.clear();
 */
export function createTimer(): Timer {
  let handle: ReturnType<typeof setTimeout> | null = null;
  const clear = () => {
    if (handle !== null) clearTimeout(handle);
    handle = null;
  };
  return {
    set(ms, task) {
      clear();
      handle = setTimeout(() => {
        handle = null;
        task();
      }, ms);
    },
    clear,
    isSet: () => handle !== null,
  };
}
