import { accessSync, constants, mkdirSync } from 'node:fs';
import mongoose from 'mongoose';
import { dataFolder } from './care/data-folder.ts';
import { finishRestore } from './care/finish-restore.ts';
import { connectServer } from './connect-server.ts';
import { Db, driver } from './sqlite/index.ts';
import type { EngineLimits } from './sqlite/index.ts';

export type DatabaseKind = 'embedded' | 'mongodb';

export type DatabaseSettings = {
  /** `mongodb://…`: use that server. Without it the data is one file in `dataDir`. */
  mongodbUri?: string | undefined;
  /** The folder of the embedded file; made, for its owner only, if it is missing. */
  dataDir: string;
  /** How the embedded database groups writes, limits transactions and moves reads; the defaults are right outside of tests. */
  limits?: EngineLimits;
};

export type DatabaseHandle = {
  /** Make models with `connection.model(name, schema)`. */
  readonly connection: mongoose.Connection;
  readonly kind: DatabaseKind;
  /** Deletes what TTL indexes say is due; on MongoDB, which does so itself, nothing. Returns how many. */
  readonly expireDocuments: (now?: Date) => Promise<number>;
  /** Waits for what is under way, then lets go of the database. */
  readonly close: () => Promise<void>;
};

/** Filters from outside cannot smuggle operators in, and unknown paths in filters are errors. */
export const MONGOOSE_OPTIONS = {
  sanitizeFilter: true,
  strictQuery: 'throw',
  // Indexes are made once, at start, by `ensureIndexes`; collections with their first document.
  autoIndex: false,
  autoCreate: false,
} as const;

/**
 * Opens the database: MongoDB where a URI is given, else the embedded file. Every call makes a
 * connection of its own, with its own models.
 *
 * @throws Error with one line that says what to change, for a folder that cannot be written, a file
 * that another process uses, and a MongoDB that does not answer or has no transactions
 * @example
 * const database = await connectDatabase({ dataDir: './data' });
 * const Tag = database.connection.model('Tag', tagSchema);
 * await ensureIndexes(database.connection);
 */
export async function connectDatabase(settings: DatabaseSettings): Promise<DatabaseHandle> {
  return settings.mongodbUri === undefined || settings.mongodbUri === ''
    ? await connectFile(settings)
    : await connectToMongo(settings.mongodbUri);
}

async function connectToMongo(uri: string): Promise<DatabaseHandle> {
  const connection = await connectServer(new mongoose.Mongoose({ ...MONGOOSE_OPTIONS }), uri);
  return { connection, kind: 'mongodb', expireDocuments: async () => 0, close: () => connection.close() };
}

/** Makes the indexes of all models of a connection; those that exist already are kept. */
export async function ensureIndexes(connection: mongoose.Connection): Promise<void> {
  for (const name of connection.modelNames()) await connection.model(name).ensureIndexes();
}

async function connectFile({ dataDir, limits }: DatabaseSettings): Promise<DatabaseHandle> {
  prepareFolder(dataDir);
  const folder = dataFolder(dataDir);
  finishRestore(folder);
  const base = new mongoose.Mongoose({ ...MONGOOSE_OPTIONS });
  base.setDriver(driver);
  const options = { ...(limits && { limits }) } as mongoose.ConnectOptions;
  const connection = await base
    .createConnection(folder.database, options)
    .asPromise()
    .catch((error: unknown) => {
      throw isFileFailure(error) ? unusable(dataDir, error) : error;
    });
  const db: unknown = connection.db;
  return {
    connection,
    kind: 'embedded',
    expireDocuments: async (now) => (db instanceof Db ? await db.expireDocuments(now) : 0),
    close: () => connection.close(),
  };
}

function prepareFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

/** Whether SQLite could not open or write the file: a matter of the folder, not of what is in it. */
function isFileFailure(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(CANTOPEN|READONLY|PERM|IOERR|FULL)/.test(code);
}

function unusable(dataDir: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`DATA_DIR: the folder '${dataDir}' cannot be read and written (${reason})`, { cause });
}
