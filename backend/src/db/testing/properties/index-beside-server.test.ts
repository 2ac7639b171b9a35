import * as fc from 'fast-check';
import { besideServer } from './both-databases.ts';
import { property } from './property.ts';
import { ofAllTypes, randomDocuments } from './random-documents.ts';
import { randomFilters, randomSorts } from './random-filters.ts';
import { filtersForSecantus, SORTS_FOR_SECANTUS } from './secantus-limits.ts';

type Fields = Record<string, unknown>;

const keys = fc.constantFrom<Fields>({ a: 1 }, { c: -1 }, { 'a.x': 1 }, { c: 1, a: -1 }, { 'b.x': 1, c: 1 });
const options = fc.constantFrom<Fields>(
  {},
  { unique: true },
  { sparse: true },
  { unique: true, sparse: true },
  { unique: true, partialFilterExpression: { c: { $exists: true } } },
  { partialFilterExpression: { c: { $gt: 0 } } },
  { unique: true, partialFilterExpression: { a: { $type: 'string' } } },
);

await besideServer('random indexes', ({ pair }, server) => {
  const filter = randomFilters(ofAllTypes, server === 'SecantusDB' ? filtersForSecantus : {});
  property(
    'indexes take and refuse the same documents as on a server, and change no answer',
    fc.record({
      keys,
      options,
      documents: randomDocuments(ofAllTypes, 6),
      filters: fc.array(filter, { minLength: 1, maxLength: 3 }),
      sort: randomSorts(server === 'SecantusDB' ? SORTS_FOR_SECANTUS : undefined),
      set: fc.record({ a: ofAllTypes.scalar, c: ofAllTypes.scalar }, { noNullPrototype: true }),
    }),
    async ({ keys, options, documents, filters, sort, set }) => {
      const { same, change, drop } = await pair();
      await same('createIndex', (one) => one.createIndex(keys, options));
      for (const document of documents) {
        await change(`insertOne ${String(document['_id'])}`, (one) => one.insertOne({ ...document }));
      }
      await change('updateOne', (one) => one.updateOne({ _id: { $gt: 1 } }, { $set: set }));
      await change('replaceOne', (one) => one.replaceOne({ _id: 1 }, set));
      for (const [at, filter] of filters.entries()) {
        await same(`find ${at + 1}`, (one) => one.find(filter).sort(sort).toArray());
      }
      await change('deleteMany', (one) => one.deleteMany(filters[0] ?? {}));
      await drop();
    },
    { runs: 60, seed: 44 },
  );
});
