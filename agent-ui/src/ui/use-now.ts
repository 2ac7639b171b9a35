import { useEffect, useState } from 'preact/hooks';

type Read = (reader: (now: Date) => void) => () => void;

/** One timer for all readers, that runs while there are any. */
function createClock(every: number): Read {
  const readers = new Set<(now: Date) => void>();
  let timer: ReturnType<typeof setInterval> | null = null;
  return (reader) => {
    readers.add(reader);
    timer ??= setInterval(() => {
      const now = new Date();
      for (const each of readers) each(now);
    }, every);
    return () => {
      readers.delete(reader);
      if (readers.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    };
  };
}

const readNow = createClock(15_000);
const readSecond = createClock(1_000);

function useClock(read: Read): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => read(setNow), []);
  return now;
}

/** The present moment, renewed every 15 s; all readers share one timer. */
export function useNow(): Date {
  return useClock(readNow);
}

/** The present moment, renewed every second; for a countdown. */
export function useSecond(): Date {
  return useClock(readSecond);
}
