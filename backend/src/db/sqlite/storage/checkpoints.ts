import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** From this size on the log is written back into the file. */
export const LOG_BYTES = 4 * 1024 * 1024;
/** A log that grows on while it is written back is finished while writers wait a moment. */
const LARGE_LOG_BYTES = 8 * LOG_BYTES;
/** After a failure, a full disk for example, wait so many milliseconds. */
const RETRY_TIME = 1_000;

/**
 * Keeps SQLite's write-ahead log short. A thread of its own writes it back into the file, so that no
 * commit has to; the log starts again from its beginning when all of it was written back.
 */
export class Checkpoints {
  readonly #path: string;
  readonly #pauseWrites: (work: () => Promise<void>) => void;
  #thread: Worker | undefined;
  #answer: ((hasWritten: boolean) => void) | undefined;
  #isRunning = false;
  #notBefore = 0;

  /** @param pauseWrites does `work` while nobody writes */
  constructor(path: string, pauseWrites: (work: () => Promise<void>) => void) {
    this.#path = path;
    this.#pauseWrites = pauseWrites;
  }

  /** Looks at the log's length, after every commit. */
  noticeCommit(): void {
    if (this.#isRunning || performance.now() < this.#notBefore) return;
    const size = statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= LOG_BYTES) return;
    this.#isRunning = true;
    void this.#shorten(size > LARGE_LOG_BYTES).finally(() => {
      this.#isRunning = false;
    });
  }

  async close(): Promise<void> {
    this.#isRunning = true;
    await this.#thread?.terminate();
  }

  async #shorten(isLarge: boolean): Promise<void> {
    const hasWritten = await this.#checkpoint();
    if (!hasWritten) this.#notBefore = performance.now() + RETRY_TIME;
    // Under steady load something new is always in the log, and only one without anything new starts again.
    else if (isLarge) await this.#finish();
  }

  /** Writes back what came during the last checkpoint, while writers wait for it. */
  #finish(): Promise<void> {
    return new Promise((resolve) => {
      this.#pauseWrites(async () => {
        await this.#checkpoint();
        resolve();
      });
    });
  }

  /** Whether the log was written back. */
  #checkpoint(): Promise<boolean> {
    const thread = (this.#thread ??= this.#start());
    return new Promise((resolve) => {
      this.#answer = resolve;
      thread.postMessage('checkpoint');
    });
  }

  #start(): Worker {
    const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), { workerData: this.#path });
    thread.on('message', (hasWritten: boolean) => this.#answer?.(hasWritten));
    // A thread that ended, at close or by an error, wrote nothing back; the next one is a new one.
    thread.on('exit', () => {
      this.#thread = undefined;
      this.#answer?.(false);
    });
    thread.unref();
    return thread;
  }
}
