import * as fc from 'fast-check';
import { aggregate } from 'mingo';
import { afterAll, beforeAll } from 'vitest';
import type { TestConnection } from '../conformance.ts';
import { embeddedDatabase, filled } from '../fixtures.ts';
import { outcomeOf, requireSameFields } from './compare-outcomes.ts';
import { documentsForMingo, pipelinesForMingo } from './mingo-limits.ts';
import { property } from './property.ts';
import { jsonLike } from './random-documents.ts';
import { onCollection, randomPipelines } from './random-pipelines.ts';

let opened: TestConnection;
beforeAll(async () => {
  opened = await embeddedDatabase();
});
afterAll(() => opened.close());

property(
  'a pipeline gives what mingo makes of a plain array',
  fc.record({ documents: documentsForMingo, pipeline: randomPipelines(jsonLike, pipelinesForMingo) }),
  async ({ documents, pipeline }) => {
    const collection = await filled(opened.connection, documents);
    const stages = onCollection(pipeline, collection.collectionName);
    const outcome = await outcomeOf(() => collection.aggregate(stages).toArray());
    await collection.drop();
    // mingo lets pass much of what MongoDB refuses; errors are compared with the server.
    if ('code' in outcome) return;
    const theirs = aggregate(structuredClone(documents), stages, { collectionResolver: () => documents });
    requireSameFields('aggregate', outcome.result, theirs);
  },
  { runs: 400, seed: 23 },
);
