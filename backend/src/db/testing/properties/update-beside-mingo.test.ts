import * as fc from 'fast-check';
import { updateMany } from 'mingo';
import { afterAll, beforeAll } from 'vitest';
import type { TestConnection } from '../conformance.ts';
import { embeddedDatabase, filled } from '../fixtures.ts';
import { outcomeOf, requireSameFields } from './compare-outcomes.ts';
import { documentsForMingo, updatesForMingo } from './mingo-limits.ts';
import { property } from './property.ts';
import { jsonLike } from './random-documents.ts';
import { randomUpdates } from './random-updates.ts';

let opened: TestConnection;
beforeAll(async () => {
  opened = await embeddedDatabase();
});
afterAll(() => opened.close());

property(
  'an update leaves what mingo makes of a plain array',
  fc.record({ documents: documentsForMingo, change: randomUpdates(jsonLike, updatesForMingo) }),
  async ({ documents, change: { filter, update, options } }) => {
    const collection = await filled(opened.connection, documents);
    const outcome = await outcomeOf(() => collection.updateMany(filter, update, options));
    // mingo lets pass most of what MongoDB refuses; errors are compared with the server.
    if ('code' in outcome) return;
    const plain = structuredClone(documents);
    updateMany(plain, filter, update as object, { ...options, cloneMode: 'deep' });
    requireSameFields('what is stored then', await collection.find({}).sort({ _id: 1 }).toArray(), plain);
    await collection.drop();
  },
  { runs: 400, seed: 22 },
);
