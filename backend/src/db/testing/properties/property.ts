import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { test } from 'vitest';

/** How often a property is tried in the usual run, and with which random numbers. */
export type Runs = { readonly runs: number; readonly seed: number };

const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
const HOUR = 3_600_000;

/**
 * A test that a check passes for random cases. It shows the least one that fails as EJSON.
 *
 * `PROPERTY_RUNS=5000` tries each property so often, with other random numbers each time;
 * `PROPERTY_SEED` gives those of a failure again.
 *
 * @param cases random cases; each of their fields is shown on a line of its own
 * @param check throws where the property does not hold
 * @param usual the bounds of a run without those variables
 * @example property('sorting twice changes nothing', fc.record({ list: fc.array(fc.integer()) }), check, { runs: 100, seed: 1 });
 */
export function property<Case extends object>(
  title: string,
  cases: fc.Arbitrary<Case>,
  check: (one: Case) => Promise<void>,
  usual: Runs,
): void {
  const isLong = PROPERTY_RUNS !== undefined;
  const seed = Number(PROPERTY_SEED ?? (isLong ? Date.now() % 2 ** 31 : usual.seed));
  const numRuns = isLong ? Number(PROPERTY_RUNS) : usual.runs;
  const assertion = () => fc.assert(fc.asyncProperty(cases, check), { seed, numRuns, reporter: report });
  test(title, assertion, isLong ? HOUR : undefined);
}

/** A value as EJSON that tells all of BSON's types apart; plain numbers there are ints. */
export function show(value: unknown): string {
  const text = mongo.BSON.EJSON.stringify({ value }, { relaxed: false });
  return text.slice('{"value":'.length, -1).replaceAll(/\{"\$numberInt":"(-?\d+)"\}/g, '$1');
}

function report<Case extends object>(run: fc.RunDetails<[Case]>): void {
  if (!run.failed) return;
  const [one] = run.counterexample ?? [];
  const cause = run.errorInstance;
  const lines = Object.entries(one ?? {}).map(([name, value]) => `  ${name}: ${show(value)}`);
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new Error(
    [
      `does not hold (PROPERTY_SEED=${run.seed}, run ${run.numRuns}, made smaller ${run.numShrinks} times) for`,
      ...lines,
      reason,
    ].join('\n'),
    { cause },
  );
}
