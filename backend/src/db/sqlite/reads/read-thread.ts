/** A thread that does long reads on a connection of its own. It is given the file's path and then `ToThread` messages. */
import { Database } from 'bun:sqlite';
import { workerData, parentPort } from 'node:worker_threads';
import { mongo } from 'mongoose';
import { fromSqlite } from '../driver/errors.ts';
import { loadCatalog } from '../storage/catalog.ts';
import { deadlineOf } from './open-read.ts';
import { ReadMeter } from './read-meter.ts';
import { runRead } from './run-read.ts';
import type { Found } from './run-read.ts';
import { receiveRequest, sendError } from './thread-messages.ts';
import type { FromThread, SentRequest, ToThread } from './thread-messages.ts';

type Reading = { readonly rows: Iterator<Found> };

/** A batch ends with the document that reaches so many bytes: 16 documents of the largest size would be too much. */
const BATCH_BYTES = 2 * 1024 * 1024;

const db = new Database(String(workerData), { readonly: true });
db.run('PRAGMA busy_timeout = 5000');
const readings = new Map<number, Reading>();

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'close') readings.delete(message.id);
  else answer(next(message));
});

function answer(message: FromThread): void {
  const moved = 'batch' in message ? [message.batch.buffer as ArrayBuffer] : [];
  parentPort?.postMessage(message, moved);
}

function next({ id, count, request }: Extract<ToThread, { kind: 'next' }>): FromThread {
  try {
    // What one batch reads is of one moment.
    db.run('BEGIN');
    try {
      const reading = readings.get(id) ?? begin(id, request);
      const answer = takeBatch(id, reading, count);
      if (answer.isDone) readings.delete(id);
      return answer;
    } finally {
      db.run('COMMIT');
    }
  } catch (error) {
    readings.delete(id);
    return { id, error: sendError(fromSqlite(error)) };
  }
}

function begin(id: number, sent: SentRequest | undefined): Reading {
  if (sent === undefined) throw new Error('The read was closed');
  const request = receiveRequest(sent);
  const meter = new ReadMeter(undefined, deadlineOf(request));
  const reading = { rows: runRead({ db, catalog: loadCatalog(db) }, request, meter) };
  readings.set(id, reading);
  return reading;
}

function takeBatch(
  id: number,
  { rows }: Reading,
  count: number,
): { id: number; batch: Uint8Array; isDone: boolean } {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (parts.length < count && size < BATCH_BYTES) {
    const { done, value } = rows.next();
    if (done === true) return { id, batch: joined(parts, size), isDone: true };
    const bytes = value.bytes ?? mongo.BSON.serialize(value.document, { ignoreUndefined: true });
    parts.push(bytes);
    size += bytes.byteLength;
  }
  return { id, batch: joined(parts, size), isDone: false };
}

/** In a buffer of its own, so that it can be handed over without a copy. */
function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const batch = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    batch.set(part, at);
    at += part.byteLength;
  }
  return batch;
}
