/**
 * Does the work for each item, so many at a time, and gives the results in their order.
 *
 * @example const sockets = await inBatches(visitors, 100, (visitor) => connectSocket(url, visitor.token));
 */
export async function inBatches<Item, Result>(
  items: readonly Item[],
  size: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += size) {
    results.push(
      ...(await Promise.all(items.slice(at, at + size).map((item, index) => work(item, at + index)))),
    );
  }
  return results;
}
