import { mongo } from 'mongoose';
import type { StageCase } from './stage-case.ts';

const { Decimal128, Double, Int32, Long } = mongo;

const ORDERS = [
  { s: 'a', n: 1, t: ['x', 'y'] },
  { s: 'b', n: 2, t: ['x'] },
  { s: 'a', n: 4, t: [] },
  { s: null, n: 9 },
  { n: 5, t: 'z' },
];
const COFFEE = [
  { variety: 'Arabica', altitude: 600 },
  { variety: 'Arabica', altitude: 750 },
  { variety: 'Arabica', altitude: 950 },
  { variety: 'Gesha', altitude: 1250 },
  { variety: 'Gesha', altitude: 1700 },
];

/** Stages that bring documents together. */
export const GROUPING: Readonly<Record<string, StageCase>> = {
  '$group: null and missing are one key; sums keep their class': {
    documents: [
      { n: Long.fromString('9007199254740993') },
      { k: null, n: 1 },
      { k: 1, n: 2 },
      { k: 1, n: 2.5 },
    ],
    pipeline: [
      { $group: { _id: '$k', n: { $sum: '$n' }, type: { $first: { $type: '$n' } } } },
      { $sort: { _id: 1 } },
    ],
    expected: [
      { _id: null, n: Long.fromString('9007199254740994'), type: 'long' },
      { _id: 1, n: 4.5, type: 'int' },
    ],
  },
  '$group: numbers of all classes are one key': {
    documents: [
      { k: new Int32(1) },
      { k: new Double(1) },
      { k: Long.fromInt(1) },
      { k: Decimal128.fromString('1.0') },
    ],
    pipeline: [{ $group: { _id: '$k', n: { $count: {} } } }, { $project: { _id: 0 } }],
    expected: [{ n: 4 }],
  },
  '$group: decimals are added exactly': {
    documents: [{ n: Decimal128.fromString('0.1') }, { n: Decimal128.fromString('0.2') }, { n: 1 }],
    pipeline: [{ $group: { _id: null, sum: { $sum: '$n' }, avg: { $avg: '$n' } } }],
    expected: [
      {
        _id: null,
        sum: Decimal128.fromString('1.3'),
        avg: Decimal128.fromString('0.4333333333333333333333333333333333'),
      },
    ],
  },
  '$group: doubles are added without the error of each step': {
    isWrongOnSecantus: true,
    documents: Array.from({ length: 10 }, () => ({ n: 0.1 })),
    pipeline: [{ $group: { _id: null, n: { $sum: '$n' } } }],
    expected: [{ _id: null, n: 1 }],
  },
  '$group: what picks values': {
    documents: ORDERS.slice(0, 3),
    pipeline: [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: '$s',
          first: { $first: '$n' },
          last: { $last: '$n' },
          min: { $min: '$n' },
          max: { $max: '$missing' },
          pushed: { $push: { n: '$n', m: '$missing' } },
          set: { $addToSet: '$s' },
          top: { $top: { sortBy: { n: -1 }, output: '$n' } },
          two: { $topN: { sortBy: { n: -1 }, output: '$n', n: 2 } },
          few: { $firstN: { input: '$n', n: 1 } },
          low: { $minN: { input: '$n', n: 2 } },
          merged: { $mergeObjects: { s: '$s' } },
          spread: { $stdDevPop: '$n' },
        },
      },
      { $sort: { _id: 1 } },
      { $limit: 1 },
    ],
    expected: [
      {
        _id: 'a',
        first: 1,
        last: 4,
        min: 1,
        max: null,
        pushed: [{ n: 1 }, { n: 4 }],
        set: ['a'],
        top: 4,
        two: [4, 1],
        few: [1],
        low: [1, 4],
        merged: { s: 'a' },
        spread: 1.5,
      },
    ],
  },
  $sortByCount: {
    documents: [{ t: 'x' }, { t: 'y' }, { t: 'y' }],
    pipeline: [{ $sortByCount: '$t' }],
    expected: [
      { _id: 'y', count: 2 },
      { _id: 'x', count: 1 },
    ],
  },
  $bucket: {
    documents: ORDERS,
    pipeline: [
      { $bucket: { groupBy: '$n', boundaries: [0, 3, 6], default: 'other', output: { n: { $sum: '$n' } } } },
    ],
    expected: [
      { _id: 0, n: 3 },
      { _id: 3, n: 9 },
      { _id: 'other', n: 9 },
    ],
  },
  $bucketAuto: {
    documents: ORDERS,
    pipeline: [{ $bucketAuto: { groupBy: '$n', buckets: 2 } }],
    expected: [
      { _id: { min: 1, max: 5 }, count: 3 },
      { _id: { min: 5, max: 9 }, count: 2 },
    ],
  },
  $facet: {
    isWrongOnSecantus: true,
    documents: ORDERS,
    pipeline: [{ $facet: { all: [{ $count: 'n' }], none: [{ $match: { n: 99 } }, { $count: 'n' }] } }],
    expected: [{ all: [{ n: 5 }], none: [] }],
  },
  '$count of nothing is nothing': {
    isWrongOnSecantus: true,
    documents: ORDERS,
    pipeline: [{ $match: { n: 99 } }, { $count: 'n' }],
    expected: [],
  },
  '$densify between the ends of all': {
    isWrongOnSecantus: true,
    documents: COFFEE,
    pipeline: [
      {
        $densify: { field: 'altitude', partitionByFields: ['variety'], range: { step: 400, bounds: 'full' } },
      },
      { $group: { _id: '$variety', at: { $push: '$altitude' } } },
      { $sort: { _id: 1 } },
    ],
    expected: [
      { _id: 'Arabica', at: [600, 750, 950, 1000, 1400] },
      { _id: 'Gesha', at: [600, 1000, 1250, 1400, 1700] },
    ],
  },
  '$densify within each partition': {
    isWrongOnSecantus: true,
    documents: COFFEE,
    pipeline: [
      {
        $densify: {
          field: 'altitude',
          partitionByFields: ['variety'],
          range: { step: 200, bounds: 'partition' },
        },
      },
      { $group: { _id: '$variety', at: { $push: '$altitude' } } },
      { $sort: { _id: 1 } },
    ],
    expected: [
      { _id: 'Arabica', at: [600, 750, 800, 950] },
      { _id: 'Gesha', at: [1250, 1450, 1650, 1700] },
    ],
  },
  '$densify of dates': {
    documents: [{ d: new Date('2026-01-01T00:00:00Z') }, { d: new Date('2026-01-01T03:00:00Z') }],
    pipeline: [
      { $densify: { field: 'd', range: { step: 1, unit: 'hour', bounds: 'full' } } },
      { $project: { _id: 0, h: { $hour: '$d' } } },
    ],
    expected: [{ h: 0 }, { h: 1 }, { h: 2 }, { h: 3 }],
  },
  '$percentile and $median': {
    documents: [{ n: 4 }, { n: 1 }, { n: 3 }, { n: 2 }, { n: 'x' }],
    pipeline: [
      {
        $group: {
          _id: null,
          p: { $percentile: { input: '$n', p: [0.5, 0.95], method: 'approximate' } },
          m: { $median: { input: '$n', method: 'approximate' } },
        },
      },
    ],
    expected: [{ _id: null, p: [2, 4], m: 2 }],
  },
};
