import * as fc from 'fast-check';
import { besideServer } from './both-databases.ts';
import { property } from './property.ts';
import { ofAllTypes, randomDocuments } from './random-documents.ts';
import { randomFilters, randomSorts } from './random-filters.ts';
import { randomProjections } from './random-projections.ts';
import { filtersForSecantus, SORTS_FOR_SECANTUS } from './secantus-limits.ts';

await besideServer('random searches', ({ pair }, server) => {
  const limits = server === 'SecantusDB' ? filtersForSecantus : {};
  const search = fc.record({
    filter: randomFilters(ofAllTypes, limits),
    sort: randomSorts(server === 'SecantusDB' ? SORTS_FOR_SECANTUS : undefined),
    projection: fc.oneof(fc.constant({}), randomProjections(ofAllTypes)),
  });
  property(
    'searches find the same as on a server',
    fc.record({
      documents: randomDocuments(ofAllTypes),
      searches: fc.array(search, { minLength: 1, maxLength: 6 }),
    }),
    async ({ documents, searches }) => {
      const { same, drop } = await pair(documents);
      for (const [at, { filter, sort, projection }] of searches.entries()) {
        await same(`search ${at + 1}`, (one) => one.find(filter).sort(sort).project(projection).toArray());
      }
      await drop();
    },
    { runs: 60, seed: 41 },
  );
});
