import type { Database } from 'bun:sqlite';
import { mongo } from 'mongoose';
import { loadCatalog } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { Checkpoints } from './checkpoints.ts';
import { openDatabaseFile } from './database-file.ts';
import type { DatabaseFile } from './database-file.ts';
import { fromSqlite } from '../driver/errors.ts';
import { readHereOrThere, readInTransaction, tryFirst } from '../reads/open-read.ts';
import type { OpenRead } from '../reads/open-read.ts';
import { DEFAULT_READ_LIMITS, ReadMeter } from '../reads/read-meter.ts';
import type { ReadLimits } from '../reads/read-meter.ts';
import type { ReadRequest } from '../reads/read-request.ts';
import { ReadThreads } from '../reads/read-threads.ts';
import { refuseSelfWait, Session } from '../driver/session.ts';
import { SharedSnapshot } from './shared-snapshot.ts';
import { DEFAULT_LIMITS, WriteQueue } from './write-queue.ts';
import type { QueueLimits } from './write-queue.ts';
import type { Document } from '../values/bson.ts';
import { Writer } from './writer.ts';
import type { ReadSource } from './writer.ts';

export type EngineLimits = Partial<QueueLimits> & {
  /** Beyond what a read goes on in another thread. */
  readonly reads?: Partial<ReadLimits>;
  /** When so many bytes are in SQLite's log they are written back into the file. */
  readonly logBytes?: number;
};

/** One open database file: who may read and write what, and when. */
export class Engine {
  readonly #file: DatabaseFile;
  readonly #queue: WriteQueue;
  readonly #snapshot: SharedSnapshot;
  #committed: Catalog;
  readonly #checkpoints: Checkpoints;
  readonly #threads: ReadThreads;
  readonly #readLimits: ReadLimits;
  #isClosed = false;

  constructor(path: string, databaseName: string, { reads, logBytes, ...limits }: EngineLimits = {}) {
    this.#file = openDatabaseFile(path);
    this.#snapshot = new SharedSnapshot(this.#file.reader);
    this.#committed = loadCatalog(this.#file.writer);
    const writer = new Writer(this.#file.writer, databaseName, this.#committed);
    this.#queue = new WriteQueue(writer, { ...DEFAULT_LIMITS, ...limits }, (catalog) => {
      this.#snapshot.end();
      this.#committed = catalog;
      this.#checkpoints.noticeCommit();
    });
    this.#checkpoints = new Checkpoints(this.#file, (work) => this.#queue.pause(work), logBytes);
    this.#threads = new ReadThreads(path);
    this.#readLimits = { ...DEFAULT_READ_LIMITS, ...reads };
  }

  /** The writing and the reading connection, for checks of the file itself. */
  get connections(): { readonly writer: Database; readonly reader: Database } {
    return this.#file;
  }

  startSession(options?: Document): Session {
    return new Session(this.#queue, options);
  }

  /** Looks into committed data, briefly, or with a session's open transaction what that one sees. */
  async read<T>(session: Session | undefined, work: (source: ReadSource) => T): Promise<T> {
    this.#requireOwn(session);
    const transaction = session === undefined ? undefined : await session.hold();
    if (transaction !== undefined) return transaction.read(work);
    return this.#look(work);
  }

  /**
   * Reads documents: here while that is short, in another thread when it turns out long; with a
   * session's open transaction on its own connection.
   */
  openRead(session: Session | undefined, request: ReadRequest): OpenRead {
    this.#requireOwn(session);
    if (session?.inTransaction() === true) {
      return readInTransaction((work) => this.read(session, work), request);
    }
    const here = <T>(work: (source: ReadSource) => T): T => {
      session?.requireUsable();
      return this.#look(work);
    };
    return readHereOrThere(here, request, this.#readLimits, this.#threads);
  }

  /** Only the first document of a read, or null, without what more of them would need. */
  async readFirst(session: Session | undefined, request: ReadRequest): Promise<Document | null> {
    this.#requireOwn(session);
    const isInTransaction = session?.inTransaction() === true;
    if (!isInTransaction) {
      session?.requireUsable();
      const found = this.#look((source) => tryFirst(source, request, this.#readLimits));
      if (found !== undefined) return found;
    }
    const read = isInTransaction ? this.openRead(session, request) : this.#threads.open(request);
    try {
      const [first = null] = await read.next(1);
      return first;
    } finally {
      read.close();
    }
  }

  /** For a search in the calling thread, which must be short. */
  newMeter(): ReadMeter {
    return new ReadMeter(this.#readLimits);
  }

  /** Does all of `work` or nothing; resolves when it is on the disk, in a transaction when it is done. */
  async write<T>(session: Session | undefined, work: (writer: Writer) => T): Promise<T> {
    this.#requireOwn(session);
    const transaction = session === undefined ? undefined : await session.hold();
    if (transaction !== undefined) return transaction.run(work);
    this.#requireOpen();
    refuseSelfWait();
    return await this.#queue.write((writer) => {
      this.#snapshot.end();
      return work(writer);
    });
  }

  /**
   * Does a long write in steps that yield to the event loop in between. Other writers wait until all of
   * it is stored, readers do not see it before.
   */
  async writeInSteps(session: Session | undefined, steps: (writer: Writer) => Iterable<void>): Promise<void> {
    this.#requireOwn(session);
    const own = await session?.hold();
    if (own !== undefined) {
      own.run((writer) => Array.from(steps(writer)));
      return;
    }
    this.#requireOpen();
    refuseSelfWait();
    const transaction = await this.#queue.begin(Infinity);
    try {
      const iterator = transaction.run((writer) => steps(writer)[Symbol.iterator]());
      while (transaction.run(() => iterator.next()).done !== true) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      await transaction.abort();
      throw error;
    }
    await transaction.commit();
  }

  /** Waits for what is under way, then lets go of the file. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // An open transaction ends first: by its owner, or by its time limit.
    await this.#queue.idle();
    await Promise.all([this.#threads.close(), this.#checkpoints.close()]);
    this.#snapshot.end();
    this.#file.close();
  }

  #look<T>(work: (source: ReadSource) => T): T {
    this.#requireOpen();
    try {
      return work({ db: this.#snapshot.open(), catalog: this.#committed });
    } catch (error) {
      throw fromSqlite(error);
    }
  }

  /** Another database's session would write there, and its transaction would not have what is written here. */
  #requireOwn(session: Session | undefined): void {
    if (session === undefined || session.isOf(this.#queue)) return;
    throw new mongo.MongoInvalidArgumentError('ClientSession must be from the same MongoClient');
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new Error('The database is closed');
  }
}
