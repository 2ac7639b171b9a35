import { mongo } from 'mongoose';
import { fromSqlite } from '../driver/errors.ts';
import type { Session } from '../driver/session.ts';
import { orTooLong } from '../reads/read-meter.ts';
import type { ReadMeter } from '../reads/read-meter.ts';
import type { Engine } from '../storage/engine.ts';
import type { Writer } from '../storage/writer.ts';
import type { Document } from '../values/bson.ts';
import { BulkError, bulkError, emptyCounts } from './bulk-counts.ts';
import type { BulkCounts } from './bulk-counts.ts';
import { parseOperation } from './bulk-operation.ts';
import { changeDocuments } from './change-documents.ts';
import { CHANGE_STEP } from './selection.ts';
import { changeRows } from './update-rows.ts';

type Bulk = {
  readonly name: string;
  readonly operations: readonly Document[];
  /** Stop at the first that fails; else go on with the others. */
  readonly isOrdered: boolean;
};

/**
 * Runs write operations in order, each of them whole or not at all. Some share a write; others' writes
 * come in between, as in MongoDB, except in a transaction.
 *
 * @throws MongoServerError that lists what failed, at once in a transaction
 */
export async function runBulk(engine: Engine, session: Session | undefined, bulk: Bulk): Promise<BulkCounts> {
  const counts = emptyCounts();
  for (let at = 0; !isOver(bulk, counts, at);) {
    const start = at;
    at = await engine.write(session, (writer) => {
      const reached = runStep(writer, bulk, start, counts, () => engine.newMeter());
      if (counts.writeErrors.length > 0 && session?.inTransaction() === true)
        throw bulkError(counts, bulk.isOrdered);
      return reached;
    });
    if (at === start) {
      await runLong(engine, session, bulk, at, counts);
      at += 1;
    }
  }
  return counts;
}

function isOver({ operations, isOrdered }: Bulk, counts: BulkCounts, at: number): boolean {
  return at >= operations.length || (isOrdered && counts.writeErrors.length > 0);
}

/** Does the next operations in one write; ends before one that is too long for that. */
function runStep(
  writer: Writer,
  bulk: Bulk,
  start: number,
  counts: BulkCounts,
  meter: () => ReadMeter,
): number {
  let at = start;
  for (; at < start + CHANGE_STEP && !isOver(bulk, counts, at); at++) {
    try {
      const count = orTooLong(() => writer.atomically(() => runOne(writer, bulk, at, meter())));
      if (count === undefined) break;
      count(counts);
    } catch (error) {
      if (!writer.db.inTransaction) throw error;
      fail(bulk, at, counts, error);
    }
  }
  return at;
}

function runOne(
  writer: Writer,
  { name, operations }: Bulk,
  at: number,
  meter: ReadMeter,
): (counts: BulkCounts) => void {
  const parsed = parseOperation(operations[at] ?? {}, at);
  return parsed.kind === 'insert'
    ? parsed.insert(writer, name)
    : changeRows(writer, name, parsed.change, meter);
}

async function runLong(
  engine: Engine,
  session: Session | undefined,
  bulk: Bulk,
  at: number,
  counts: BulkCounts,
): Promise<void> {
  const parsed = parseOperation(bulk.operations[at] ?? {}, at);
  if (parsed.kind === 'insert') throw new Error('an insertion is never long');
  try {
    for (const count of await changeDocuments(engine, session, bulk.name, parsed.change)) count(counts);
  } catch (error) {
    fail(bulk, at, counts, error);
    if (session?.inTransaction() === true) throw bulkError(counts, bulk.isOrdered);
  }
}

function fail({ operations }: Bulk, at: number, counts: BulkCounts, error: unknown): void {
  const reason = fromSqlite(error);
  if (!(reason instanceof mongo.MongoServerError)) throw error;
  counts.writeErrors.push(new BulkError(at, operations[at] ?? {}, reason));
}
