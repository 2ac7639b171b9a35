import { parseArgs } from 'node:util';

/** How large a run is. */
export interface BenchSettings {
  isQuick: boolean;
  /** Connections that write at once, in the order in which they are measured. */
  connections: readonly number[];
  /** How often the servers take turns; the median counts. */
  rounds: number;
  /** How long one turn takes, in seconds. */
  seconds: number;
  /** Messages in the long chat. */
  longChat: number;
  /** Connections that do nothing. */
  idle: number;
}

const FULL: BenchSettings = {
  isQuick: false,
  connections: [1, 100, 1_000],
  rounds: 5,
  seconds: 3,
  longChat: 100_000,
  idle: 10_000,
};
const QUICK: BenchSettings = { ...FULL, isQuick: true, rounds: 3, seconds: 1, longChat: 20_000, idle: 4_000 };

/**
 * Reads the command line: `--quick`.
 *
 * @throws Error for anything else
 */
export function readSettings(args: readonly string[]): BenchSettings {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false } },
  });
  return values.quick ? QUICK : FULL;
}
