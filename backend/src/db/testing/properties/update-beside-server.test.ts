import * as fc from 'fast-check';
import { besideServer } from './both-databases.ts';
import { property } from './property.ts';
import { ofAllTypes, randomDocuments } from './random-documents.ts';
import { randomPositionalUpdates, randomUpdatePipelines, randomUpdates } from './random-updates.ts';
import { filtersForSecantus, updatesForSecantus } from './secantus-limits.ts';

await besideServer('random updates', ({ pair }, server) => {
  const limits = server === 'SecantusDB' ? { updates: updatesForSecantus, filters: filtersForSecantus } : {};
  const change = fc.oneof(
    { arbitrary: randomUpdates(ofAllTypes, limits), weight: 4 },
    randomPositionalUpdates(ofAllTypes, limits),
    randomUpdatePipelines(ofAllTypes),
  );
  property(
    'updates leave the same documents as on a server',
    fc.record({
      documents: randomDocuments(ofAllTypes, 4),
      changes: fc.array(change, { minLength: 1, maxLength: 5 }),
      isMany: fc.boolean(),
    }),
    async ({ documents, changes, isMany }) => {
      const { change, drop } = await pair(documents);
      for (const [at, { filter, update, options }] of changes.entries()) {
        const isDone = await change(
          `update ${at + 1}`,
          (one) =>
            isMany ? one.updateMany(filter, update, options) : one.updateOne(filter, update, options),
          Object.keys(update).length > 1,
        );
        if (!isDone) break;
      }
      await drop();
    },
    { runs: 60, seed: 42 },
  );
});
