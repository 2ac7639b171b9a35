import { vi } from 'vitest';

/** An IndexedDB that a test breaks as browsers do. */
export interface FakeIndexedDb {
  /** The connections that are open are lost, as after a sleep of the device. */
  lose(): void;
  /** From now on no connection opens, or again each. */
  refuse(isRefusing: boolean): void;
  /** How many records there are. */
  count(): number;
}

type Key = readonly [scope: string, key: string];

/** Takes the place of the global one, as far as it is used here, until `vi.unstubAllGlobals()`. */
export function installFakeIndexedDb(): FakeIndexedDb {
  const records = new Map<string, { key: Key; value: unknown }>();
  let generation = 0;
  let refuses = false;

  const store = {
    getAll: ([scope]: readonly [string]) => ({
      result: [...records.values()].filter(({ key }) => key[0] === scope).map(({ value }) => value),
    }),
    put: (value: unknown, key: Key) => {
      records.set(key.join(' '), { key, value: structuredClone(value) });
      return {};
    },
    delete: (key: Key) => {
      records.delete(key.join(' '));
      return {};
    },
  };

  function connection() {
    const mine = generation;
    const transaction = () => {
      if (mine !== generation) throw new DOMException('The connection is lost.', 'InvalidStateError');
      return soon(Object.assign(new EventTarget(), { objectStore: () => store }), 'complete');
    };
    return Object.assign(new EventTarget(), { transaction, close: () => undefined });
  }

  vi.stubGlobal('IDBKeyRange', { bound: (lower: readonly [string]) => lower });
  vi.stubGlobal('indexedDB', {
    open: () =>
      soon(
        Object.assign(new EventTarget(), { result: connection(), error: null }),
        refuses ? 'error' : 'success',
      ),
  });
  return {
    lose() {
      generation += 1;
    },
    refuse(isRefusing) {
      refuses = isRefusing;
    },
    count: () => records.size,
  };
}

/** Tells the event as browsers do: after whoever asked could begin to listen. */
function soon<T extends EventTarget>(target: T, event: string): T {
  setTimeout(() => target.dispatchEvent(new Event(event)));
  return target;
}
