import type { Documents } from './store.ts';

/** After so many documents what is no longer used is given back: the collector alone lets far more gather. */
const EVERY = 4_000;

/** Passes documents on, from whatever database, and keeps memory low meanwhile. */
export async function* gently(documents: Documents): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const bytes of documents) {
    yield bytes;
    count += 1;
    if (count % EVERY === 0) Bun.gc(true);
  }
}
