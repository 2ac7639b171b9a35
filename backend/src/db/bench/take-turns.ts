import type { BenchSettings } from './bench-settings.ts';

/** One way of doing something; only `run` is timed. */
export type Side = {
  /** Makes ready for `count` operations. */
  readonly before?: (count: number) => void;
  readonly run: (count: number) => void | Promise<void>;
  /** Takes away what `run` left, so that the next batch meets what this one met. */
  readonly after?: () => void | Promise<void>;
};

/** Microseconds for one operation of each side, and the first by the second. */
export type Comparison = { readonly cost: number; readonly reference: number; readonly ratio: number };

export const IN_FLIGHT = 64;
const FIRST_COUNT = 128;

/** Does an operation with up to 64 under way at once; `n` counts on over all batches. */
export function inFlight(operation: (n: number) => Promise<unknown>): Side['run'] {
  let next = 0;
  return async (count) => {
    const end = next + count;
    const worker = async (): Promise<void> => {
      while (next < end) await operation(next++);
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  };
}

/**
 * Measures two ways of doing the same in turns, so that whatever else the machine does meets both. The
 * ratio is the median of the rounds' ratios.
 */
export async function takeTurns(side: Side, reference: Side, settings: BenchSettings): Promise<Comparison> {
  const counts = [await countFor(side, settings), await countFor(reference, settings)] as const;
  const rounds: Comparison[] = [];
  for (let round = 0; round < settings.rounds; round++) {
    const cost = await timeOf(side, counts[0]);
    const other = await timeOf(reference, counts[1]);
    rounds.push({ cost, reference: other, ratio: cost / other });
  }
  return {
    cost: median(rounds.map((round) => round.cost)),
    reference: median(rounds.map((round) => round.reference)),
    ratio: median(rounds.map((round) => round.ratio)),
  };
}

/** How many operations fill a batch's time; warms up on the way. */
async function countFor(side: Side, { batchTime }: BenchSettings): Promise<number> {
  for (let count = FIRST_COUNT; ; count *= 2) {
    const cost = await timeOf(side, count);
    if (cost * count < batchTime * 500) continue;
    return Math.ceil((batchTime * 1000) / cost / IN_FLIGHT) * IN_FLIGHT;
  }
}

async function timeOf(side: Side, count: number): Promise<number> {
  side.before?.(count);
  const start = performance.now();
  await side.run(count);
  const time = performance.now() - start;
  await side.after?.();
  return (time * 1000) / count;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
