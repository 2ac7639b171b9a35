import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { LogState } from './checkpoint-thread.ts';
import type { DatabaseFile } from './database-file.ts';

/**
 * When so much is in the log it is written back into the file. Pages that change again and again are written back once
 * for all of it, and meanwhile commits share the disk: with four times as much, the slowest of a hundred acknowledgements
 * at 2,000 messages a second takes half the time.
 */
const LOG_BYTES = 64 * 1024 * 1024;
/** What SQLite puts before each page in the log, in bytes (https://sqlite.org/walformat.html, section 1). */
const FRAME_HEADER = 24;
/** So often it is written back while writers go on: what is left, which they wait for, is what came during the last time. */
const ROUNDS = 2;
/** So long after the last commit it is written back however short it is: reads need not look into an empty log. In milliseconds. */
const IDLE_TIME = 1_000;
/** While somebody reads what was before, the log cannot start again: so often a gap between such reads is looked for. */
const TRY_AGAIN = 50;
/** After a failure, a full disk for example, wait so many milliseconds. */
const AFTER_FAILURE = 1_000;

/**
 * Keeps SQLite's write-ahead log short. A thread of its own writes it back into the file, so that no commit has to. The
 * log starts again from its beginning when all of it was written back, and keeps its place on the disk: a commit that
 * writes over what is there takes half the time of one that makes the file longer.
 */
export class Checkpoints {
  readonly #file: DatabaseFile;
  readonly #pauseWrites: (work: () => Promise<void>) => void;
  /** How many bytes of the log a page takes, and how many pages are enough to write them back. */
  readonly #frame: number;
  readonly #enough: number;
  readonly #knowsNoop: boolean;
  #thread: Worker | undefined;
  #answer: ((state: LogState | undefined) => void) | undefined;
  #isRunning = false;
  #isClosed = false;
  #notBefore = 0;
  #state: LogState = { log: 0, checkpointed: 0 };
  #lastCommit = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param pauseWrites does `work` while nobody writes
   * @param logBytes when so much is in the log it is written back
   */
  constructor(
    file: DatabaseFile,
    pauseWrites: (work: () => Promise<void>) => void,
    logBytes: number = LOG_BYTES,
  ) {
    this.#file = file;
    this.#pauseWrites = pauseWrites;
    const { writer } = file;
    // One that had to grow longer, while somebody read for long, is cut when it starts again.
    writer.run(`PRAGMA journal_size_limit = ${2 * logBytes}`);
    const [[pageBytes, version] = []] = writer
      .query('SELECT page_size, sqlite_version() FROM pragma_page_size')
      .values();
    this.#frame = Number(pageBytes) + FRAME_HEADER;
    this.#enough = logBytes / this.#frame;
    this.#knowsNoop = Bun.semver.satisfies(String(version), '>=3.51.0');
  }

  /** Looks at the log's length, after every commit. */
  noticeCommit(): void {
    if (this.#isClosed) return;
    this.#lastCommit = performance.now();
    this.#idle ??= this.#lookWhenIdle(IDLE_TIME);
    const before = this.#state;
    try {
      this.#state = this.#look();
    } catch {
      // The commit stands, whatever becomes of its log; the next one looks again.
      return;
    }
    // It has started again: nobody is in the way.
    if (this.#state.log < before.log) this.#notBefore = 0;
    if (this.#state.log >= this.#enough) this.#begin();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    await this.#thread?.terminate();
  }

  #look(): LogState {
    const { writer, path } = this.#file;
    // An older SQLite, as a Mac's, takes NOOP for PASSIVE: the file's size, which does not shrink, only makes it try too often.
    if (!this.#knowsNoop) return { log: statSync(`${path}-wal`).size / this.#frame, checkpointed: 0 };
    return writer.query<LogState, []>('PRAGMA wal_checkpoint(NOOP)').get() ?? this.#state;
  }

  /** One timer for many commits: setting one at each would cost more than looking at the log. */
  #lookWhenIdle(wait: number): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      const left = this.#lastCommit + IDLE_TIME - performance.now();
      const isDone = this.#state.checkpointed >= this.#state.log;
      this.#idle = left <= 0 && isDone ? undefined : this.#lookWhenIdle(left > 0 ? left : IDLE_TIME);
      if (left <= 0 && !isDone) this.#begin();
    }, wait);
    timer.unref();
    return timer;
  }

  #begin(): void {
    if (this.#isRunning || performance.now() < this.#notBefore) return;
    this.#isRunning = true;
    void this.#shorten().finally(() => {
      this.#isRunning = false;
    });
  }

  async #shorten(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const state = await this.#checkpoint();
      // Whoever reads what was before keeps the log from starting again: writers would wait in vain.
      if (state === undefined || state.checkpointed < state.log) return;
    }
    await this.#finish();
  }

  /** Writes back what came during the last round, while writers wait: only a log without anything new starts again. */
  #finish(): Promise<void> {
    return new Promise((resolve) => {
      this.#pauseWrites(async () => {
        await this.#checkpoint();
        resolve();
      });
    });
  }

  async #checkpoint(): Promise<LogState | undefined> {
    if (this.#isClosed) return undefined;
    const { promise, resolve } = Promise.withResolvers<LogState | undefined>();
    this.#answer = resolve;
    this.#thread ??= this.#start();
    this.#thread.postMessage('checkpoint');
    const state = await promise;
    this.#notBefore = performance.now() + (state === undefined ? AFTER_FAILURE : TRY_AGAIN);
    this.#state = state ?? this.#state;
    return state;
  }

  #start(): Worker {
    const { path, descriptor } = this.#file;
    const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), {
      workerData: { path, descriptor },
    });
    thread.on('message', (state: LogState | undefined) => this.#answer?.(state));
    // One that cannot open the file, for want of descriptors for example, ends; unheard, it would end the program.
    thread.on('error', () => undefined);
    // A thread that ended, at close or by an error, wrote nothing back; the next one is a new one.
    thread.on('exit', () => {
      this.#thread = undefined;
      this.#answer?.(undefined);
    });
    thread.unref();
    return thread;
  }
}
