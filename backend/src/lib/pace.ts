/** So many milliseconds of one turn of the event loop may go to beginning requests. */
const BUDGET = 4;

/**
 * Lets what arrives together begin in several turns of the event loop, so that a crowd of requests holds up nobody's
 * messages: what meets a turn whose time is used up waits, first come first served, and each following turn begins one.
 *
 * @returns what a request awaits before it does anything: nothing while there is time.
 * @example
 * const pace = createPace();
 * app.use(async (_c, next) => { await pace(); await next(); });
 */
export function createPace(now: () => number = () => performance.now()): () => Promise<void> | undefined {
  const waiting: (() => void)[] = [];
  /** Of the turn that is under way; undefined where nothing has begun in it. */
  let startedAt: number | undefined;

  function nextTurn(): void {
    const begin = waiting.shift();
    startedAt = begin && now();
    if (!begin) return;
    setImmediate(nextTurn);
    begin();
  }

  return () => {
    if (startedAt === undefined) {
      startedAt = now();
      setImmediate(nextTurn);
      return undefined;
    }
    if (waiting.length === 0 && now() - startedAt < BUDGET) return undefined;
    return new Promise((begin) => waiting.push(begin));
  };
}
