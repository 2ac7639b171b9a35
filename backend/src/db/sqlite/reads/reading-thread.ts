import { Worker } from 'node:worker_threads';
import { serverError } from '../driver/errors.ts';
import type { FromThread, SentRequest, ToThread } from './thread-messages.ts';

type Waiting = { readonly resolve: (answer: FromThread) => void; readonly reject: (error: Error) => void };

/** A thread takes some 100 MB: one that nobody uses for so many milliseconds is ended. */
const IDLE_TIME = 10_000;
/** A cursor that nobody asks for so long was forgotten; MongoDB gives them ten minutes too. */
const FORGOTTEN_TIME = 600_000;

/** The calling thread's end of one thread that reads. */
export class ReadingThread {
  readonly #worker: Worker;
  readonly #onEnd: (thread: ReadingThread) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #open = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasEnded = false;

  /** @param onEnd called when the thread has ended, however it did */
  constructor(path: string, onEnd: (thread: ReadingThread) => void) {
    this.#onEnd = onEnd;
    this.#worker = new Worker(new URL('./read-thread.ts', import.meta.url), { workerData: path });
    this.#worker.on('message', (answer: FromThread) => this.#receive(answer));
    this.#worker.on('error', (error: Error) => this.#lose(error));
    this.#worker.on('exit', () => this.#lose(interrupted()));
    this.#worker.unref();
  }

  /** How many reads wait for their next documents. */
  get load(): number {
    return this.#waiting.size;
  }

  /** Asks for the next documents of a read; the first time with its request. */
  ask(id: number, count: number, request: SentRequest | undefined): Promise<FromThread> {
    if (this.#hasEnded) return Promise.reject(interrupted());
    this.#open.add(id);
    // Only while somebody waits for it does the thread keep the process alive.
    this.#worker.ref();
    clearTimeout(this.#timer);
    this.#send({ kind: 'next', id, count, ...(request && { request }) });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Says that nobody wants the rest of a read. */
  forget(id: number): void {
    if (!this.#open.delete(id)) return;
    this.#send({ kind: 'close', id });
    this.#rest();
  }

  /** Ends the thread; reads under way fail. */
  async end(): Promise<void> {
    // First: whoever asks while it ends must be given another one.
    this.#lose(interrupted());
    await this.#worker.terminate();
  }

  #send(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #receive(answer: FromThread): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('error' in answer || answer.isDone) this.#open.delete(answer.id);
    this.#rest();
    waiting?.resolve(answer);
  }

  #rest(): void {
    if (this.#waiting.size > 0 || this.#hasEnded) return;
    this.#worker.unref();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.end(), this.#open.size > 0 ? FORGOTTEN_TIME : IDLE_TIME);
    this.#timer.unref();
  }

  #lose(error: Error): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#onEnd(this);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function interrupted(): Error {
  return serverError(11601, 'Interrupted', 'the read was interrupted: its thread has ended');
}
