import { parseArgs } from 'node:util';

/** How large a run is. */
export type BenchSettings = {
  /** Documents of the large database. */
  readonly documents: number;
  /** Documents of the small one that it is compared with. */
  readonly fewDocuments: number;
  /** How long one measurement of one side takes, in milliseconds. */
  readonly batchTime: number;
  /** How often the two sides take turns; the median counts. */
  readonly rounds: number;
  readonly isQuick: boolean;
};

const FULL = { documents: 1_000_000, fewDocuments: 1_000, batchTime: 80, rounds: 15, isQuick: false };
const QUICK = { documents: 20_000, fewDocuments: 1_000, batchTime: 40, rounds: 7, isQuick: true };

/**
 * Reads the command line: `--quick`, `--documents N`.
 *
 * @throws Error for anything else
 */
export function readSettings(args: readonly string[]): BenchSettings {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false }, documents: { type: 'string' } },
  });
  const settings = values.quick ? QUICK : FULL;
  if (values.documents === undefined) return settings;
  const documents = Number(values.documents);
  if (!Number.isInteger(documents) || documents < settings.fewDocuments) {
    throw new Error(`--documents must be a whole number, at least ${settings.fewDocuments}`);
  }
  return { ...settings, documents };
}
