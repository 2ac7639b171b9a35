import * as fc from 'fast-check';
import { find } from 'mingo';
import { afterAll, beforeAll } from 'vitest';
import type { TestConnection } from '../conformance.ts';
import { embeddedDatabase, filled } from '../fixtures.ts';
import { requireSameFields } from './compare-outcomes.ts';
import { documentsForMingo, filtersForMingo, projectionsForMingo, SORTS_FOR_MINGO } from './mingo-limits.ts';
import { property } from './property.ts';
import { jsonLike } from './random-documents.ts';
import { randomFilters, randomSorts } from './random-filters.ts';
import { randomProjections } from './random-projections.ts';

let opened: TestConnection;
beforeAll(async () => {
  opened = await embeddedDatabase();
});
afterAll(() => opened.close());

property(
  'a filter, a sort and a projection give what mingo makes of a plain array',
  fc.record({
    documents: documentsForMingo,
    filter: randomFilters(jsonLike, filtersForMingo),
    sort: randomSorts(SORTS_FOR_MINGO),
    projection: fc.oneof(fc.constant({}), randomProjections(jsonLike, projectionsForMingo)),
  }),
  async ({ documents, filter, sort, projection }) => {
    const collection = await filled(opened.connection, documents);
    const ours = await collection.find(filter).sort(sort).project(projection).toArray();
    const theirs = find(documents, filter, projection)
      .sort(sort as Record<string, 1 | -1>)
      .all();
    requireSameFields('find', ours, theirs);
    await collection.drop();
  },
  { runs: 600, seed: 21 },
);
