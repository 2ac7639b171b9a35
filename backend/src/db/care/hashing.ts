import type { Hash } from 'node:crypto';

/** After so many bytes what is no longer used is given back: the collector alone lets far more gather. */
const EVERY = 16 * 1024 * 1024;

/** Passes a stream's bytes on, and takes their digest meanwhile. */
export async function* hashing(bytes: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  let passed = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    passed += chunk.length;
    yield chunk;
    if (passed < EVERY) continue;
    passed = 0;
    Bun.gc(true);
  }
}
