import { expect, test } from 'vitest';
import { splitPipeline } from './split-pipeline.ts';

test('filters before and behind a sort become one', () => {
  const { request, rest } = splitPipeline([
    { $match: { a: 1 } },
    { $sort: { b: -1 } },
    { $match: { a: 2 } },
    { $skip: 3 },
    { $limit: 4 },
    { $limit: 2 },
    { $match: { c: 1 } },
  ]);
  expect(request).toEqual({ filter: { $and: [{ a: 1 }, { a: 2 }] }, sort: [['b', -1]], skip: 3, limit: 2 });
  expect(rest).toEqual([{ $match: { c: 1 } }]);
});

test.each([
  [[{ $limit: 2 }, { $match: { a: 1 } }]],
  [[{ $limit: 2 }, { $sort: { a: 1 } }]],
  [[{ $limit: 2 }, { $skip: 1 }]],
  [[{ $sort: { a: 1 } }, { $sort: { b: 1 } }]],
  [[{ $match: {} }, { $match: { $expr: { $eq: ['$a', '$$given'] } } }]],
])('what changes the meaning stays behind: %j', (pipeline) => {
  expect(splitPipeline(pipeline).rest).toEqual(pipeline.slice(1));
});
