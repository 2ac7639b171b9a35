import type { BenchSettings } from './bench-settings.ts';
import { perSecond } from './result-table.ts';
import type { Result } from './result-table.ts';
import { takeTurns } from './take-turns.ts';
import type { Side } from './take-turns.ts';

/** Measures each operation on both sides. `goal`: how many times the reference's cost is allowed. */
export async function compareCosts<Operation extends string>(
  sides: Record<Operation, Side>,
  references: Record<Operation, Side>,
  goal: number | undefined,
  settings: BenchSettings,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const operation of Object.keys(sides) as Operation[]) {
    const { cost, reference, ratio } = await takeTurns(sides[operation], references[operation], settings);
    results.push({
      operation,
      measured: perSecond(cost),
      reference: perSecond(reference),
      ratio: `${ratio.toFixed(2)}×`,
      goal: goal === undefined ? '' : `cost ≤ ${goal}×`,
      isMet: goal === undefined ? undefined : ratio <= goal,
    });
  }
  return results;
}
