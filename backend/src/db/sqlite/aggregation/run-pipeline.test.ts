import { expect, test } from 'vitest';
import type { Document } from '../values/bson.ts';
import { runPipeline } from './run-pipeline.ts';

test('a stage takes no more documents than the one behind it asks for', () => {
  let taken = 0;
  function* endless(): Generator<Document> {
    for (;;) yield { n: ++taken, list: [1, 2] };
  }
  const pipeline = [
    { $match: { n: { $gt: 2 } } },
    { $project: { list: 1 } },
    { $unwind: '$list' },
    { $limit: 3 },
  ];
  const read = (): never => {
    throw new Error('nothing to read');
  };
  expect([...runPipeline({ documents: endless(), pipeline, read })]).toHaveLength(3);
  expect(taken).toBe(4);
});
