import { mongo } from 'mongoose';
import { expect, test } from 'vitest';
import { AggregationCursor } from './aggregation-cursor.ts';
import { Collection } from './collection.ts';
import { Db } from './db.ts';
import { FindCursor } from './find-cursor.ts';
import { methodsOf } from './refuse-methods.ts';
import { Session } from './session.ts';

type Surface = readonly [name: string, ours: object, theirs: object, refused: string];

const CURSOR =
  'cursorInit fetchBatch cleanup emitClose transformDocument throwIfInitialized _initialize getMore trackCursor';
const SURFACES: readonly Surface[] = [
  [
    'Collection',
    Collection.prototype,
    mongo.Collection.prototype,
    'watch initializeUnorderedBulkOp initializeOrderedBulkOp count listSearchIndexes createSearchIndex ' +
      'createSearchIndexes dropSearchIndex updateSearchIndex',
  ],
  [
    'Db',
    Db.prototype,
    mongo.Db.prototype,
    'watch stats removeUser setProfilingLevel profilingLevel runCursorCommand',
  ],
  [
    'FindCursor',
    FindCursor.prototype,
    mongo.FindCursor.prototype,
    `${CURSOR} min max returnKey showRecordId addQueryModifier maxAwaitTimeMS resolveExplainTimeoutOptions`,
  ],
  [
    'AggregationCursor',
    AggregationCursor.prototype,
    mongo.AggregationCursor.prototype,
    `${CURSOR} resolveExplainTimeoutOptions`,
  ],
  [
    'ClientSession',
    Session.prototype,
    mongo.ClientSession.prototype,
    'pin unpin advanceOperationTime advanceClusterTime incrementTransactionNumber',
  ],
];

test.each(SURFACES)(
  '%s has every method of the driver, or refuses it by name',
  (_, ours, theirs, refused) => {
    const methods = methodsOf(theirs).filter((name) => !name.startsWith('emitAndLog'));
    expect(methods.length).toBeGreaterThan(10);
    const missing = methods.filter((name) => typeof (ours as Record<string, unknown>)[name] !== 'function');
    expect(missing).toEqual([]);
    const answers = methods.filter((name) => refusalOf(ours, name)?.includes(`${name}() is not supported`));
    expect(answers.sort()).toEqual(refused.split(' ').sort());
  },
);

/** What a method that only refuses says; one that works has its own source. */
function refusalOf(prototype: object, name: string): string | undefined {
  const method: unknown = (prototype as Record<string, unknown>)[name];
  if (typeof method !== 'function' || method.name !== 'refuse') return undefined;
  try {
    method();
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
  return undefined;
}
