import type { StageCase } from './stage-case.ts';

const OTHERS = [
  { k: 1, v: 'one' },
  { k: [1, 2], v: 'list' },
  { k: null, v: 'null' },
  { v: 'missing' },
  { k: 'x', v: 'ex' },
];
const names = (path: string): Record<string, unknown> => ({
  $project: { found: { $sortArray: { input: `$${path}.v`, sortBy: 1 } } },
});
const STAFF = [
  { name: 'Dev' },
  { name: 'Eliot', boss: 'Dev' },
  { name: 'Ron', boss: 'Eliot' },
  { name: 'Asya', boss: 'Ron' },
];

/** Stages that read other collections. */
export const JOINING: Readonly<Record<string, StageCase>> = {
  '$lookup: scalars, arrays, null and missing': {
    documents: [{ k: 1 }, { k: [2, 'x'] }, { k: null }, {}, { k: 3 }],
    others: OTHERS,
    pipeline: [
      { $lookup: { from: 'OTHER', localField: 'k', foreignField: 'k', as: 'o' } },
      { $project: { found: { $map: { input: '$o', in: '$$this.v' } } } },
      { $set: { found: { $sortArray: { input: '$found', sortBy: 1 } } } },
    ],
    expected: [
      { _id: 1, found: ['list', 'one'] },
      { _id: 2, found: ['ex', 'list'] },
      { _id: 3, found: ['missing', 'null'] },
      { _id: 4, found: ['missing', 'null'] },
      { _id: 5, found: [] },
    ],
  },
  '$lookup: let and pipeline': {
    documents: [{ k: 1 }, { k: 'x' }, {}],
    others: OTHERS,
    pipeline: [
      {
        $lookup: {
          from: 'OTHER',
          let: { key: '$k' },
          pipeline: [{ $match: { $expr: { $eq: ['$k', '$$key'] } } }, { $project: { _id: 0, v: 1 } }],
          as: 'o',
        },
      },
    ],
    expected: [
      { _id: 1, k: 1, o: [{ v: 'one' }] },
      { _id: 2, k: 'x', o: [{ v: 'ex' }] },
      { _id: 3, o: [{ v: 'missing' }] },
    ],
  },
  '$lookup: fields and a pipeline together': {
    documents: [{ k: 1, min: 'm' }],
    others: OTHERS,
    pipeline: [
      {
        $lookup: {
          from: 'OTHER',
          localField: 'k',
          foreignField: 'k',
          let: { min: '$min' },
          pipeline: [{ $match: { $expr: { $gt: ['$v', '$$min'] } } }, { $project: { _id: 0, v: 1 } }],
          as: 'a.o',
        },
      },
    ],
    expected: [{ _id: 1, k: 1, min: 'm', a: { o: [{ v: 'one' }] } }],
  },
  '$lookup: the same for all, with a limit': {
    documents: [{}, {}],
    others: OTHERS,
    pipeline: [
      {
        $lookup: {
          from: 'OTHER',
          pipeline: [{ $sort: { _id: 1 } }, { $limit: 1 }, { $project: { _id: 0, v: 1 } }],
          as: 'o',
        },
      },
    ],
    expected: [
      { _id: 1, o: [{ v: 'one' }] },
      { _id: 2, o: [{ v: 'one' }] },
    ],
  },
  '$lookup: through arrays of documents': {
    isWrongOnSecantus: true,
    documents: [{ l: [{ k: 1 }, { k: 'x' }, {}] }],
    others: OTHERS.slice(3),
    pipeline: [{ $lookup: { from: 'OTHER', localField: 'l.k', foreignField: 'k', as: 'o' } }, names('o')],
    expected: [{ _id: 1, found: ['ex'] }],
  },
  $graphLookup: {
    documents: STAFF.slice(3),
    others: STAFF,
    pipeline: [
      {
        $graphLookup: {
          from: 'OTHER',
          startWith: '$boss',
          connectFromField: 'boss',
          connectToField: 'name',
          as: 'up',
          depthField: 'depth',
          maxDepth: 1,
        },
      },
      { $unwind: '$up' },
      { $sort: { 'up.depth': 1 } },
      { $project: { _id: 0, n: '$up.name', d: '$up.depth' } },
    ],
    expected: [
      { n: 'Ron', d: 0 },
      { n: 'Eliot', d: 1 },
    ],
  },
  $unionWith: {
    documents: [{ v: 'mine' }],
    others: OTHERS,
    pipeline: [
      { $unionWith: { coll: 'OTHER', pipeline: [{ $match: { k: 'x' } }] } },
      { $project: { _id: 0, v: 1 } },
    ],
    expected: [{ v: 'mine' }, { v: 'ex' }],
  },
};
