/**
 * Groups what comes one by one, so that a million takes a thousand writes and little memory.
 *
 * @example for await (const users of inBatches(cursor, 500)) await collection.bulkWrite(users.map(toWrite));
 */
export async function* inBatches<Item>(items: AsyncIterable<Item>, size = 500): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
