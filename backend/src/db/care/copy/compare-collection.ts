import { createHash } from 'node:crypto';
import { gently } from './gently.ts';
import type { Documents } from './store.ts';

/** How much a collection holds, and a digest of all of it in the order of `_id`. */
export type Digest = { readonly count: number; readonly sha256: string };

/** Reads a collection to its end. */
export async function digestOf(documents: Documents, onProgress: (done: number) => void): Promise<Digest> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const bytes of gently(documents)) {
    hash.update(bytes);
    count += 1;
    onProgress(count);
  }
  return { count, sha256: hash.digest('hex') };
}
