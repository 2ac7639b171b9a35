import type { Row } from '../storage/row.ts';
import type { Collation } from '../values/collation.ts';
import { orderUnder } from '../values/compare.ts';
import { encodeKey } from '../values/key-encoding.ts';
import { valuesAt } from '../values/paths.ts';

/** The different values at a path, arrays by their elements, in BSON's order or the collation's. */
export function distinctValues(rows: Iterable<Row>, path: string, collation?: Collation): unknown[] {
  const found = new Map<string, { key: Uint8Array; value: unknown }>();
  for (const row of rows) {
    for (const reached of valuesAt(row.document, path)) {
      for (const value of Array.isArray(reached) ? (reached as unknown[]) : [reached]) {
        if (value === undefined) continue;
        const key = encodeKey(value);
        found.set(Buffer.from(key).toString('latin1'), { key, value });
      }
    }
  }
  const values = [...found.values()].sort((a, b) => Buffer.compare(a.key, b.key)).map(({ value }) => value);
  if (collation === undefined) return values;
  const order = orderUnder(collation);
  return values.sort(order).filter((value, at) => at === 0 || order(values[at - 1], value) !== 0);
}
