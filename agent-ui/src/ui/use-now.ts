import { useEffect, useState } from 'preact/hooks';

const EVERY = 15_000;
const readers = new Set<(now: Date) => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function read(reader: (now: Date) => void): () => void {
  readers.add(reader);
  timer ??= setInterval(() => {
    const now = new Date();
    for (const each of readers) each(now);
  }, EVERY);
  return () => {
    readers.delete(reader);
    if (readers.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The present moment, renewed every 15 s; all readers share one timer. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => read(setNow), []);
  return now;
}
