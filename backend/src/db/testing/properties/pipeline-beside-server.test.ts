import * as fc from 'fast-check';
import { besideServer } from './both-databases.ts';
import { property } from './property.ts';
import { ofAllTypes, randomDocuments } from './random-documents.ts';
import { onCollection, randomPipelines } from './random-pipelines.ts';
import { pipelinesForSecantus } from './secantus-limits.ts';

await besideServer('random pipelines', ({ pair }, server) => {
  property(
    'pipelines give the same as on a server, in the same types of numbers',
    fc.record({
      documents: randomDocuments(ofAllTypes, 6),
      pipelines: fc.array(randomPipelines(ofAllTypes, server === 'SecantusDB' ? pipelinesForSecantus : {}), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
    async ({ documents, pipelines }) => {
      const { same, change, drop } = await pair(documents);
      for (const [at, pipeline] of pipelines.entries()) {
        await same(`pipeline ${at + 1}`, (one) =>
          one.aggregate(onCollection(pipeline, one.collectionName)).toArray(),
        );
      }
      const [first = []] = pipelines;
      // What `$out` stores shows the types.
      await change('the first one, stored', (one) =>
        one
          .aggregate([
            ...onCollection(first, one.collectionName),
            { $group: { _id: 'all', results: { $push: '$$ROOT' } } },
            { $out: one.collectionName },
          ])
          .toArray(),
      );
      await drop();
    },
    { runs: 60, seed: 43 },
  );
});
