import * as fc from 'fast-check';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll } from 'vitest';
import { embeddedDatabase, filled } from '../fixtures.ts';
import type { AnyCollection } from '../fixtures.ts';
import type { TestConnection } from '../conformance.ts';
import { outcomeOf, requireSame } from './compare-outcomes.ts';
import { property } from './property.ts';
import { ofAllTypes, randomDocuments } from './random-documents.ts';
import { randomFilters, randomSorts } from './random-filters.ts';
import { onCollection, randomPipelines } from './random-pipelines.ts';
import { randomProjections } from './random-projections.ts';

let here: TestConnection;
let inThreads: TestConnection;
beforeAll(async () => {
  here = await embeddedDatabase();
  inThreads = await embeddedDatabase({ reads: { documents: 0 } });
});
afterAll(async () => {
  await here.close();
  await inThreads.close();
});

const documents = randomDocuments(ofAllTypes);

/** Fills a collection on both sides and reads the same of them. */
async function sameOfBoth(
  stored: readonly Record<string, unknown>[],
  reads: readonly ((collection: AnyCollection) => Promise<unknown>)[],
): Promise<void> {
  const fill = ({ connection }: { connection: Connection }) => filled(connection, stored);
  const [ours, theirs] = [await fill(here), await fill(inThreads)];
  for (const [at, read] of reads.entries()) {
    requireSame(`read ${at + 1}`, await outcomeOf(() => read(ours)), await outcomeOf(() => read(theirs)));
  }
  await ours.drop();
  await theirs.drop();
}

property(
  'a search gives the same in another thread',
  fc.record({
    documents,
    filter: randomFilters(ofAllTypes),
    sort: randomSorts(),
    projection: fc.oneof(fc.constant({}), randomProjections(ofAllTypes)),
  }),
  ({ documents, filter, sort, projection }) =>
    sameOfBoth(documents, [
      (one) => one.find(filter).sort(sort).project(projection).batchSize(2).toArray(),
      (one) => one.find(filter).project(projection).skip(1).limit(2).toArray(),
      (one) => one.countDocuments(filter),
      (one) => one.distinct('a', filter),
    ]),
  { runs: 250, seed: 31 },
);

property(
  'a pipeline gives the same in another thread',
  fc.record({ documents, pipeline: randomPipelines(ofAllTypes) }),
  ({ documents, pipeline }) =>
    sameOfBoth(documents, [
      (one) => one.aggregate(onCollection(pipeline, one.collectionName)).toArray(),
      (one) => one.aggregate(onCollection(pipeline, one.collectionName)).batchSize(1).next(),
    ]),
  { runs: 250, seed: 32 },
);
