import type { StageCase } from './stage-case.ts';

const SALES = [
  { s: 'a', d: 1, q: 10 },
  { s: 'a', d: 2, q: 20 },
  { s: 'a', d: 4, q: 20 },
  { s: 'b', d: 1, q: 5 },
];
const over = (output: Record<string, unknown>): Record<string, unknown>[] => [
  { $setWindowFields: { partitionBy: '$s', sortBy: { d: 1 }, output } },
  { $project: { s: 0, d: 0, q: 0 } },
  { $sort: { _id: 1 } },
];

/** `$setWindowFields` and what is made of it. */
export const WINDOWS: Readonly<Record<string, StageCase>> = {
  'sums of a growing, a sliding and the whole window': {
    documents: SALES,
    pipeline: over({
      grown: { $sum: '$q', window: { documents: ['unbounded', 'current'] } },
      near: { $sum: '$q', window: { documents: [-1, 0] } },
      next: { $first: '$q', window: { documents: [1, 1] } },
      all: { $avg: '$q' },
    }),
    expected: [
      { _id: 1, grown: 10, near: 10, next: 20, all: 50 / 3 },
      { _id: 2, grown: 30, near: 30, next: 20, all: 50 / 3 },
      { _id: 3, grown: 50, near: 40, next: null, all: 50 / 3 },
      { _id: 4, grown: 5, near: 5, next: null, all: 5 },
    ],
  },
  'windows by range': {
    documents: SALES,
    pipeline: over({ n: { $count: {}, window: { range: [-1, 'current'] } } }),
    expected: [
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
      { _id: 3, n: 1 },
      { _id: 4, n: 1 },
    ],
  },
  'windows by a range of time': {
    documents: [{ t: new Date(0) }, { t: new Date(1800_000) }, { t: new Date(7200_000) }],
    pipeline: [
      {
        $setWindowFields: {
          sortBy: { t: 1 },
          output: { n: { $count: {}, window: { range: [-1, 0], unit: 'hour' } } },
        },
      },
      { $project: { n: 1 } },
    ],
    expected: [
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
      { _id: 3, n: 1 },
    ],
  },
  'places and ranks': {
    documents: [{ q: 1 }, { q: 1 }, { q: 2 }],
    pipeline: [
      {
        $setWindowFields: {
          sortBy: { q: 1 },
          output: { r: { $rank: {} }, d: { $denseRank: {} } },
        },
      },
      { $project: { r: 1, d: 1 } },
      { $sort: { _id: 1 } },
    ],
    expected: [
      { _id: 1, r: 1, d: 1 },
      { _id: 2, r: 1, d: 1 },
      { _id: 3, r: 3, d: 2 },
    ],
  },
  'neighbours and slopes': {
    documents: SALES.slice(0, 3),
    pipeline: over({
      no: { $documentNumber: {} },
      before: { $shift: { output: '$q', by: -1, default: 'none' } },
      slope: { $derivative: { input: '$q' }, window: { documents: [-1, 0] } },
      area: { $integral: { input: '$q' }, window: { documents: ['unbounded', 'current'] } },
      smooth: { $expMovingAvg: { input: '$q', alpha: 0.5 } },
    }),
    expected: [
      { _id: 1, no: 1, before: 'none', slope: null, area: 0, smooth: 10 },
      { _id: 2, no: 2, before: 10, slope: 10, area: 15, smooth: 15 },
      { _id: 3, no: 3, before: 20, slope: 0, area: 55, smooth: 17.5 },
    ],
  },
  'gaps filled': {
    documents: [{ x: 0, v: 1 }, { x: 1 }, { x: 4, v: 9, w: 2 }, { x: 5, v: null }],
    pipeline: [
      { $fill: { sortBy: { x: 1 }, output: { v: { method: 'linear' }, w: { value: 0 } } } },
      { $project: { x: 0 } },
    ],
    expected: [
      { _id: 1, v: 1, w: 0 },
      { _id: 2, v: 3, w: 0 },
      { _id: 3, v: 9, w: 2 },
      { _id: 4, v: null, w: 0 },
    ],
  },
  'the last known value carried on': {
    isWrongOnSecantus: true,
    documents: [{ x: 0 }, { x: 1, v: 3 }, { x: 2 }],
    pipeline: [{ $fill: { sortBy: { x: 1 }, output: { v: { method: 'locf' } } } }, { $project: { v: 1 } }],
    expected: [
      { _id: 1, v: null },
      { _id: 2, v: 3 },
      { _id: 3, v: 3 },
    ],
  },
};
