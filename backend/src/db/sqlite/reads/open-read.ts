import type { Document } from '../values/bson.ts';
import { orTooLong, ReadMeter } from './read-meter.ts';
import type { ReadLimits } from './read-meter.ts';
import type { ReadRequest } from './read-request.ts';
import type { ReadThreads } from './read-threads.ts';
import { runRead } from './run-read.ts';
import type { ReadSource } from '../storage/writer.ts';

/** A read that has begun. */
export type OpenRead = {
  /** The next documents, at most `count`; fewer mean that there are no more. */
  next(count: number): Promise<Document[]>;
  close(): void;
};

/** What cannot be moved in the middle is begun again: so little is done twice. */
export function readHereOrThere(
  here: <T>(work: (source: ReadSource) => T) => T,
  request: ReadRequest,
  limits: ReadLimits,
  threads: ReadThreads,
): OpenRead {
  let open: OpenRead | undefined;
  const begin = (): OpenRead => {
    const whole = here((source) => tryWhole(source, request, limits));
    return whole === undefined ? threads.open(request) : readOf(whole);
  };
  return {
    next: async (count) => {
      open ??= begin();
      return await open.next(count);
    },
    close: () => open?.close(),
  };
}

/** A read inside of a transaction: only its own connection sees what it wrote. */
export function readInTransaction(
  step: <T>(work: (source: ReadSource) => T) => Promise<T>,
  request: ReadRequest,
): OpenRead {
  let rows: ReturnType<typeof runRead> | undefined;
  return {
    next: (count) =>
      step((source) => {
        rows ??= runRead(source, request, new ReadMeter(undefined, deadlineOf(request)));
        return take(rows, count);
      }),
    close: () => undefined,
  };
}

/** The moment at which a read fails, in milliseconds since 1970. */
export function deadlineOf({ maxTime = 0 }: ReadRequest): number {
  return maxTime > 0 ? Date.now() + maxTime : Infinity;
}

/** All of a short read; undefined where it turns out long. */
function tryWhole(source: ReadSource, request: ReadRequest, limits: ReadLimits): Document[] | undefined {
  const meter = new ReadMeter(limits, deadlineOf(request));
  return orTooLong(() => {
    const found: Document[] = [];
    for (const { document } of runRead(source, request, meter)) {
      found.push(document);
      if (found.length % 64 === 0) meter.check();
    }
    return found;
  });
}

/** The first document of a short read, or null; undefined where it turns out long. */
export function tryFirst(
  source: ReadSource,
  request: ReadRequest,
  limits: ReadLimits,
): Document | null | undefined {
  const meter = new ReadMeter(limits, deadlineOf(request));
  return orTooLong(() => {
    const { done, value } = runRead(source, request, meter).next();
    return done === true ? null : value.document;
  });
}

function readOf(documents: Document[]): OpenRead {
  return { next: async (count) => documents.splice(0, count), close: () => documents.splice(0) };
}

function take(rows: ReturnType<typeof runRead>, count: number): Document[] {
  const taken: Document[] = [];
  while (taken.length < count) {
    const { done, value } = rows.next();
    if (done === true) break;
    taken.push(value.document);
  }
  return taken;
}
