import { expect, test } from 'vitest';
import { allFaults } from './all-faults.ts';

const SEED = 20261123;

test.each(allFaults)(
  '$name: nothing is lost, doubled or out of order',
  async (fault) => {
    if (fault.missing?.()) return;
    const outcome = await fault.run({ seed: SEED, size: 'short' });
    expect(outcome.faults).toEqual([]);
    expect(outcome.sent).toBeGreaterThan(0);
    expect(outcome.stored).toBe(outcome.sent);
    expect(outcome.acknowledged).toBe(outcome.sent);
  },
  90_000,
);
