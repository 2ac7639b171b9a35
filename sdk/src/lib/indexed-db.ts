/** What is used of IndexedDB: one object store, keys given from outside. */
export interface Database<T> {
  all(): Promise<T[]>;
  put(key: string, value: T): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Some browsers neither open nor refuse; after this time (ms) they count as refusing. */
const OPEN_TIMEOUT = 2_000;

/** A connection that was lost is opened again at most so often, in milliseconds: whoever asks waits for it. */
const REOPEN_EVERY = 5_000;

const STORE = 'records';

/**
 * Opens an IndexedDB database and gives the records filed under `scope`. Rejects where the browser refuses. What fails
 * is tried once more over a new connection: the one before may be lost since the device slept or a newer page came.
 *
 * @example
 * const outbox = await openDatabase<Entry>('wzatco-records', 'outbox');
 * await outbox.put(entry.id, entry);
 */
export async function openDatabase<T>(databaseName: string, scope: string): Promise<Database<T>> {
  let database = await open(databaseName);
  let reopenAt = -Infinity;
  async function use<R>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> {
    try {
      return await run(database, mode, ask);
    } catch (error) {
      const now = performance.now();
      if (now < reopenAt) throw error;
      reopenAt = now + REOPEN_EVERY;
      database.close();
      database = await open(databaseName);
      return run(database, mode, ask);
    }
  }
  const keyOf = (key: string) => [scope, key];
  const range = () => IDBKeyRange.bound([scope], [scope, []]);
  return {
    all: () => use('readonly', (store) => store.getAll(range())),
    async put(key, value) {
      await use('readwrite', (store) => store.put(value, keyOf(key)));
    },
    async delete(key) {
      await use('readwrite', (store) => store.delete(keyOf(key)));
    },
  };
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = globalThis.indexedDB.open(name, 1);
    const timer = setTimeout(() => reject(new Error('IndexedDB did not answer.')), OPEN_TIMEOUT);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    request.addEventListener('success', () => {
      clearTimeout(timer);
      const database = request.result;
      // A newer version of this page must not wait for an old tab.
      database.addEventListener('versionchange', () => database.close());
      resolve(database);
    });
    request.addEventListener('error', () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('IndexedDB could not be opened.'));
    });
  });
}

function run<R>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<R>,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = ask(transaction.objectStore(STORE));
    transaction.addEventListener('complete', () => resolve(request.result));
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('IndexedDB aborted.')));
  });
}
