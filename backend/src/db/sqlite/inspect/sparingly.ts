/** After so many documents what is no longer used is given back. */
const EVERY = 8_000;

/**
 * Passes things on and keeps memory low meanwhile: left to itself the collector lets a hundred megabytes of read
 * documents gather before it begins. For tools of their own; it stops the program for some milliseconds.
 */
export function* sparingly<Item>(items: Iterable<Item>): Generator<Item> {
  let count = 0;
  for (const item of items) {
    yield item;
    count += 1;
    if (count % EVERY === 0) Bun.gc(true);
  }
}
