import { Worker } from 'node:worker_threads';
import { serverError } from '../driver/errors.ts';
import type { ReadRequest } from './read-request.ts';
import { RemoteRead } from './remote-read.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

type Waiting = { readonly resolve: (answer: FromThread) => void; readonly reject: (error: Error) => void };
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting> };

/** One long report must not keep a second one waiting. */
const MAX_THREADS = 2;

/** The threads that do long reads. None is started before the first of them. */
export class ReadThreads {
  readonly #path: string;
  readonly #threads: Thread[] = [];
  #lastId = 0;
  #isClosed = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Begins a read in the thread that has least to do. */
  open(request: ReadRequest): RemoteRead {
    const thread = this.#idlest();
    const id = (this.#lastId += 1);
    return new RemoteRead(request, {
      ask: (count, sent) => this.#ask(thread, { kind: 'next', id, count, ...(sent && { request: sent }) }),
      close: () => thread.worker.postMessage({ kind: 'close', id } satisfies ToThread),
    });
  }

  /** Ends all threads; reads under way fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#threads.splice(0).map((thread) => thread.worker.terminate()));
  }

  #ask(thread: Thread, message: Extract<ToThread, { kind: 'next' }>): Promise<FromThread> {
    const { promise, resolve, reject } = Promise.withResolvers<FromThread>();
    if (!this.#threads.includes(thread)) {
      reject(interrupted());
      return promise;
    }
    thread.waiting.set(message.id, { resolve, reject });
    // Only while somebody waits for it does the thread keep the process alive.
    thread.worker.ref();
    thread.worker.postMessage(message);
    return promise;
  }

  #idlest(): Thread {
    if (this.#isClosed) throw new Error('The database is closed');
    const [idlest] = this.#threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
    const isFree = idlest !== undefined && idlest.waiting.size === 0;
    return isFree || (idlest !== undefined && this.#threads.length >= MAX_THREADS) ? idlest : this.#start();
  }

  #start(): Thread {
    const worker = new Worker(new URL('./read-thread.ts', import.meta.url), { workerData: this.#path });
    const thread: Thread = { worker, waiting: new Map() };
    worker.on('message', (answer: FromThread) => {
      const waiting = thread.waiting.get(answer.id);
      thread.waiting.delete(answer.id);
      if (thread.waiting.size === 0) worker.unref();
      waiting?.resolve(answer);
    });
    worker.on('error', (error: Error) => this.#lose(thread, error));
    worker.on('exit', () => this.#lose(thread, interrupted()));
    worker.unref();
    this.#threads.push(thread);
    return thread;
  }

  /** Whoever waits hears of it; the next read starts a new thread. */
  #lose(thread: Thread, error: Error): void {
    const at = this.#threads.indexOf(thread);
    if (at >= 0) this.#threads.splice(at, 1);
    for (const waiting of thread.waiting.values()) waiting.reject(error);
    thread.waiting.clear();
  }
}

function interrupted(): Error {
  return serverError(11601, 'Interrupted', 'the read was interrupted: its thread has ended');
}
