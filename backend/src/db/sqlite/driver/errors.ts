import { mongo } from 'mongoose';
import type { Document } from '../values/bson.ts';

const { MongoServerError } = mongo;

/** An error as a MongoDB server would answer: `code`, `codeName`, and whatever `fields` adds. */
export function serverError(
  code: number,
  codeName: string,
  message: string,
  fields: Document = {},
): mongo.MongoServerError {
  return new MongoServerError({ message, code, codeName, ok: 0, ...fields });
}

export function badValue(message: string): mongo.MongoServerError {
  return serverError(2, 'BadValue', message);
}

export function failedToParse(message: string): mongo.MongoServerError {
  return serverError(9, 'FailedToParse', message);
}

/** What this database does not do. Names the operator or option, and the way out. */
export function unsupported(what: string): mongo.MongoServerError {
  const message = `${what} is not supported by the embedded database; set MONGODB_URI to use MongoDB`;
  return serverError(115, 'CommandNotSupported', message);
}

export function tooLarge(bytes: number): mongo.MongoServerError {
  return serverError(10334, 'BSONObjectTooLarge', `document of ${bytes} bytes is larger than 16 MB`);
}

/** A broken unique index, with the same fields as MongoDB's E11000. */
export function duplicateKey(
  namespace: string,
  index: string,
  keyPattern: Document,
  keyValue: Document,
): mongo.MongoServerError {
  const shown = Object.entries(keyValue)
    .map(([path, value]) => `${path}: ${showValue(value)}`)
    .join(', ');
  const message = `E11000 duplicate key error collection: ${namespace} index: ${index} dup key: { ${shown} }`;
  return serverError(11000, 'DuplicateKey', message, { index: 0, keyPattern, keyValue });
}

/** An error that says: the whole transaction may be tried again. */
export function transient(code: number, codeName: string, message: string): mongo.MongoServerError {
  return serverError(code, codeName, message, { errorLabels: ['TransientTransactionError'] });
}

/** Gives an error of SQLite a MongoDB face; others pass unchanged. */
export function fromSqlite(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  if (error.code.startsWith('SQLITE_FULL')) {
    return serverError(14031, 'OutOfDiskSpace', `the disk is full, nothing was stored (${error.message})`);
  }
  if (!error.code.startsWith('SQLITE_')) return error;
  return serverError(8, 'UnknownError', `the database file failed: ${error.code} ${error.message}`);
}

function showValue(value: unknown): string {
  if (value instanceof mongo.ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value === undefined) return 'null';
  return JSON.stringify(value) ?? String(value);
}
