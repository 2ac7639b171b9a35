/**
 * `bun run test:faults`: everything that the suite brings about, in its long form, with a line for each: what was sent,
 * acknowledged, stored and displayed, and what is lost, doubled or out of order. The exit code is 1 where anything is.
 *
 *   --only text   those only that have it in their name
 *   --seed N      the same random choices again
 *   --rounds N    how many times over, for those that come in rounds
 *   --short       the short form, as every test run has it
 */
import { parseArgs } from 'node:util';
import { allFaults } from '../src/testing/faults/all-faults.ts';
import type { Fault, FaultOptions, Outcome } from '../src/testing/faults/fault.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seed: { type: 'string' },
    rounds: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});
const options: FaultOptions = {
  seed: Number(values.seed ?? Date.now() % 1_000_000),
  size: values.short ? 'short' : 'long',
  rounds: values.rounds === undefined ? undefined : Number(values.rounds),
};

const COLUMNS = ['sent', 'acknowledged', 'stored', 'displayed', 'lost', 'doubled', 'out of order', 'seconds'];
const chosen = allFaults.filter(({ name }) => name.includes(values.only));
const width = Math.max(...chosen.map(({ name }) => name.length), 0);
const sums = new Map<string, number>();
const failed: string[] = [];
let skipped = 0;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const row = (name: string, cells: readonly string[], verdict: string) =>
  [
    name.padEnd(width),
    ...COLUMNS.map((column, at) => (cells[at] ?? '').padStart(column.length)),
    verdict,
  ].join('  ');
const beginning = (outcome: Outcome, word: string) =>
  outcome.faults.filter((fault) => fault.startsWith(`${word}:`)).length;

async function bringAbout(fault: Fault): Promise<void> {
  const missing = fault.missing?.(options) ?? null;
  if (missing) {
    skipped += 1;
    return say(`${fault.name.padEnd(width)}  not run: ${missing}`);
  }
  const startedAt = performance.now();
  const outcome = await fault.run(options).catch((error: unknown): Outcome => {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { sent: 0, acknowledged: 0, stored: 0, displayed: 0, faults: [words] };
  });
  const { sent, acknowledged, stored, displayed, faults, note } = outcome;
  const counts = [
    sent,
    acknowledged,
    stored,
    displayed,
    ...['lost', 'doubled', 'out of order'].map((word) => beginning(outcome, word)),
  ];
  counts.forEach((count, at) => sums.set(COLUMNS[at] ?? '', (sums.get(COLUMNS[at] ?? '') ?? 0) + count));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const verdict = faults.length === 0 ? 'survived' : `${faults.length} FAULTS`;
  const cells = [...counts.map((count) => count.toLocaleString('en')), seconds];
  say(row(fault.name, cells, note ? `${verdict}; ${note}` : verdict));
  for (const line of faults.slice(0, 20)) say(`    ${line}`);
  if (faults.length > 0) failed.push(fault.name);
}

say(`The ${options.size} form of ${chosen.length} faults, seed ${options.seed}\n`);
say(row('', COLUMNS, ''));
for (const fault of chosen) await bringAbout(fault);
const sum = (column: string) => (sums.get(column) ?? 0).toLocaleString('en');
say(
  `\n${chosen.length - skipped - failed.length} survived, ${failed.length} not, ${skipped} not run: of ${sum('acknowledged')} ` +
    `acknowledged messages ${sum('lost')} lost, ${sum('doubled')} doubled, ${sum('out of order')} out of order`,
);
for (const name of failed) say(`The same again: bun run test:faults --only '${name}' --seed ${options.seed}`);
process.exit(failed.length === 0 && chosen.length > 0 ? 0 : 1);
