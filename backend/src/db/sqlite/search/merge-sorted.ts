import type { Row } from '../storage/row.ts';
import type { Sorting, SortKey } from './sort-order.ts';

type Head = { readonly row: Row; readonly key: SortKey; readonly stream: Iterator<Row> };

/** Merges rows that come in order from several walks, each row once; of a walk it reads no more than it gives. */
export function* mergeSorted(streams: readonly Iterator<Row>[], { keyOf, compare }: Sorting): Generator<Row> {
  const headOf = (stream: Iterator<Row>): Head[] => {
    const { done, value } = stream.next();
    return done === true ? [] : [{ row: value, key: keyOf(value.document), stream }];
  };
  const heads = streams.flatMap(headOf);
  const seen = new Set<number>();
  while (heads.length > 0) {
    const least = heads.reduce((a, b) => (compare(a.key, b.key) <= 0 ? a : b));
    heads.splice(heads.indexOf(least), 1, ...headOf(least.stream));
    if (seen.has(least.row.rid)) continue;
    seen.add(least.row.rid);
    yield least.row;
  }
}
