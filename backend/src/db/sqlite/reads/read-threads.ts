import { ReadingThread } from './reading-thread.ts';
import { RemoteRead } from './remote-read.ts';
import type { ReadRequest } from './read-request.ts';

/** One long report must not keep a second one waiting. */
const MAX_THREADS = 2;

/** The threads that do long reads. None is started before the first of them. */
export class ReadThreads {
  readonly #path: string;
  readonly #threads = new Set<ReadingThread>();
  #lastId = 0;
  #isClosed = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Begins a read in the thread that has least to do. */
  open(request: ReadRequest): RemoteRead {
    if (this.#isClosed) throw new Error('The database is closed');
    const thread = this.#leastLoaded();
    const id = (this.#lastId += 1);
    return new RemoteRead(request, {
      ask: (count, sent) => thread.ask(id, count, sent),
      close: () => thread.forget(id),
    });
  }

  /** Ends all threads; reads under way fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  #leastLoaded(): ReadingThread {
    const [least] = [...this.#threads].sort((a, b) => a.load - b.load);
    if (least !== undefined && (least.load === 0 || this.#threads.size >= MAX_THREADS)) return least;
    const started = new ReadingThread(this.#path, (thread) => this.#threads.delete(thread));
    this.#threads.add(started);
    return started;
  }
}
