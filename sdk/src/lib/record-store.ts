import { openDatabase } from './indexed-db.ts';
import { type KeyValueStore, memoryStore, openStorage } from './storage.ts';

/** Records (plain JSON values, or with Blobs in them) by key, kept where it lasts longest. */
export interface RecordStore<T> {
  /**
   * Those that are kept; one that two places have comes twice, the newer first. Rejects where they cannot be read: then
   * it is not known that one is not there.
   */
  all(): Promise<T[]>;
  put(key: string, value: T): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface RecordStoreOptions {
  /** What the records are filed under, e.g. `wzatco:outbox:default`. */
  name: string;
  /** `local`: IndexedDB, else localStorage, else memory. `memory`: memory only. */
  kind: 'local' | 'memory';
  /** Records hold Blobs, which only IndexedDB and the memory can keep. */
  holdsFiles?: boolean;
}

/**
 * Opens a record store. To put and to delete never rejects: what one place refuses goes to the next.
 * Operations take effect in the order of the calls.
 *
 * @example
 * const drafts = openRecordStore<Draft>({ name: 'drafts', kind: 'local' });
 * await drafts.put(draft.id, draft);
 */
export function openRecordStore<T>({ name, kind, holdsFiles }: RecordStoreOptions): RecordStore<T> {
  const simple = holdsFiles
    ? recordsInMemory<T>()
    : recordsIn<T>(kind === 'memory' ? memoryStore() : openStorage('local'), name);
  if (kind === 'memory' || typeof globalThis.indexedDB === 'undefined') return simple;

  const database = openDatabase<T>('wzatco-records', name).catch(() => null);
  let tail: Promise<unknown> = Promise.resolve();
  const inOrder = <R>(task: () => Promise<R>): Promise<R> => {
    const run = tail.then(task);
    tail = run.catch(() => undefined);
    return run;
  };
  return {
    all: () =>
      inOrder(async () => {
        const stored = await (await database)?.all();
        return [...(await simple.all()), ...(stored ?? [])];
      }),
    put: (key, value) =>
      inOrder(async () => {
        const kept = await (await database)?.put(key, value).then(
          () => true,
          () => false,
        );
        // What the simple place has is always the newer one.
        await (kept ? simple.delete(key) : simple.put(key, value));
      }),
    delete: (key) =>
      inOrder(async () => {
        await simple.delete(key);
        await (await database)?.delete(key).catch(() => undefined);
      }),
  };
}

/** As they are, for as long as this object lives. */
function recordsInMemory<T>(): RecordStore<T> {
  const records = new Map<string, T>();
  return {
    all: async () => [...records.values()],
    put: async (key, value) => void records.set(key, value),
    delete: async (key) => void records.delete(key),
  };
}

function recordsIn<T>(store: KeyValueStore, name: string): RecordStore<T> {
  const prefix = `${name}:`;
  return {
    async all() {
      const texts = store
        .keys()
        .filter((key) => key.startsWith(prefix))
        .map((key) => store.get(key));
      return texts.flatMap((text) => (text === null ? [] : parse<T>(text)));
    },
    async put(key, value) {
      store.set(prefix + key, JSON.stringify(value));
    },
    async delete(key) {
      store.remove(prefix + key);
    },
  };
}

/** Nothing where something else wrote under our name. */
function parse<T>(text: string): T[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
