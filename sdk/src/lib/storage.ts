/** Small values by name, read and written at once. */
export interface KeyValueStore {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

/** Keeps values for as long as this object lives. */
export function memoryStore(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

/**
 * Values in a web storage. Where it is missing or throws (blocked by the user, full, sandboxed), the value lives
 * in memory instead: nothing here ever throws.
 *
 * @param find gives the storage; asked each time, since merely touching it may throw
 * @example
 * const store = webStore(() => globalThis.localStorage);
 * store.set('wzatco:token', token);
 */
export function webStore(find: () => Storage | undefined): KeyValueStore {
  const memory = memoryStore();
  const attempt = <T>(use: (storage: Storage) => T): { value: T } | null => {
    try {
      const storage = find();
      return storage ? { value: use(storage) } : null;
    } catch {
      return null;
    }
  };
  return {
    get: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(key))?.value ?? null,
    set(key, value) {
      if (attempt((storage) => storage.setItem(key, value))) memory.remove(key);
      else memory.set(key, value);
    },
    remove(key) {
      memory.remove(key);
      attempt((storage) => storage.removeItem(key));
    },
    keys() {
      const stored = attempt((storage) => Array.from({ length: storage.length }, (_, at) => storage.key(at)));
      const names = (stored?.value ?? []).filter((key) => key !== null);
      return [...new Set([...names, ...memory.keys()])];
    },
  };
}

/** This origin's localStorage with its fallback, or memory only. */
export function openStorage(kind: 'local' | 'memory'): KeyValueStore {
  return kind === 'memory' ? memoryStore() : webStore(() => globalThis.localStorage);
}
