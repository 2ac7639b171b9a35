/**
 * A value that changes, and that anybody may watch.
 *
 * @example
 * const stop = client.connection.subscribe((state) => console.log(state)); // at once, then on each change
 * stop();
 */
export interface Readable<T> {
  /**
   * The value now.
   *
   * @example
   * if (client.connection.get() === 'online') showGreenDot();
   */
  get(): T;
  /**
   * Calls `listener` at once and then on each change. Answers the unsubscribe.
   *
   * @example
   * const stop = store.state.subscribe(({ messages }) => render(messages));
   */
  subscribe(listener: (value: T) => void): () => void;
}

/** A `Readable` for whoever owns the value. */
export interface Writable<T> extends Readable<T> {
  /** Tells the listeners, unless the value is the very same. */
  set(value: T): void;
}

/**
 * A value to watch. A listener that throws neither stops the others nor the one who set the value:
 * its error is reported like any uncaught one.
 *
 * @example
 * const count = createReadable(0);
 * count.subscribe(render);
 * count.set(count.get() + 1);
 */
export function createReadable<T>(initial: T): Writable<T> {
  let value = initial;
  const listeners = new Set<{ call: (value: T) => void }>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) {
        // A listener that sets the value again has told the rest already.
        if (!Object.is(value, next)) return;
        if (listeners.has(listener)) callSafely(listener.call, next);
      }
    },
    subscribe(call) {
      const listener = { call };
      listeners.add(listener);
      callSafely(call, value);
      return () => void listeners.delete(listener);
    },
  };
}

/** Calls a listener; what it throws surfaces as an uncaught error instead of breaking its caller. */
export function callSafely<T>(listener: (value: T) => void, value: T): void {
  try {
    listener(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
