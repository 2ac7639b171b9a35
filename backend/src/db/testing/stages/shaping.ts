import type { StageCase } from './stage-case.ts';

const NESTED = [{ a: { b: 1, c: 2 }, l: [{ x: 1, y: 2 }, 5, { y: 3 }], n: 7 }];
const TREES = [
  { level: 1, child: { level: 5, v: 'secret' }, list: [{ level: 1, v: 'a' }, { level: 9, v: 'b' }, 3] },
];

/** Stages that change each document by itself. */
export const SHAPING: Readonly<Record<string, StageCase>> = {
  '$project: inclusion goes through arrays': {
    isWrongOnSecantus: true,
    documents: NESTED,
    pipeline: [{ $project: { 'a.b': 1, l: { y: 1 } } }],
    expected: [{ _id: 1, a: { b: 1 }, l: [{ y: 2 }, { y: 3 }] }],
  },
  '$project: exclusion': {
    isWrongOnSecantus: true,
    documents: NESTED,
    pipeline: [{ $project: { _id: 0, 'a.b': 0, 'l.y': 0 } }],
    expected: [{ a: { c: 2 }, l: [{ x: 1 }, 5, {}], n: 7 }],
  },
  '$project: computed fields, $$REMOVE and literals': {
    documents: NESTED,
    pipeline: [
      { $project: { _id: 0, m: { $add: ['$n', 1] }, gone: '$$REMOVE', t: 'text', o: { p: '$a.b' } } },
    ],
    expected: [{ m: 8, t: 'text', o: { p: 1 } }],
  },
  '$addFields: paths go into documents and arrays': {
    isWrongOnSecantus: true,
    documents: NESTED,
    pipeline: [{ $set: { 'a.d': '$n', 'l.z': 0, n: '$$REMOVE', 'q.r': 1 } }],
    expected: [
      {
        _id: 1,
        a: { b: 1, c: 2, d: 7 },
        l: [{ x: 1, y: 2, z: 0 }, { z: 0 }, { y: 3, z: 0 }],
        q: { r: 1 },
      },
    ],
  },
  $unset: {
    documents: NESTED,
    pipeline: [{ $unset: ['a.b', 'l'] }],
    expected: [{ _id: 1, a: { c: 2 }, n: 7 }],
  },
  '$replaceWith and $$ROOT': {
    documents: NESTED,
    pipeline: [{ $replaceWith: { $mergeObjects: ['$a', { n: '$$ROOT.n' }] } }],
    expected: [{ b: 1, c: 2, n: 7 }],
  },
  '$unwind with its options': {
    documents: [{ l: ['x', 'y'] }, { l: [] }, { l: null }, {}, { l: 5 }],
    pipeline: [{ $unwind: { path: '$l', includeArrayIndex: 'at', preserveNullAndEmptyArrays: true } }],
    expected: [
      { _id: 1, l: 'x', at: 0 },
      { _id: 1, l: 'y', at: 1 },
      { _id: 2, at: null },
      { _id: 3, l: null, at: null },
      { _id: 4, at: null },
      { _id: 5, l: 5, at: null },
    ],
  },
  $redact: {
    documents: TREES,
    pipeline: [{ $redact: { $cond: [{ $gt: ['$level', 3] }, '$$PRUNE', '$$DESCEND'] } }],
    expected: [{ _id: 1, level: 1, list: [{ level: 1, v: 'a' }, 3] }],
  },
  '$match with $expr and $$NOW': {
    isWrongOnSecantus: true,
    documents: [{ d: new Date(0) }, { d: new Date('2999-01-01') }],
    pipeline: [{ $match: { $expr: { $lt: ['$d', '$$NOW'] } } }, { $project: { _id: 1 } }],
    expected: [{ _id: 1 }],
  },
};
