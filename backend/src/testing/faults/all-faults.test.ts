import { expect, test } from 'vitest';
import { allFaults } from './all-faults.ts';
import type { FaultOptions } from './fault.ts';

const OPTIONS: FaultOptions = { seed: 20261123, size: 'short' };

test.each(allFaults)(
  '$name: nothing is lost, doubled or out of order',
  async (fault) => {
    if (fault.missing?.(OPTIONS)) return;
    const outcome = await fault.run(OPTIONS);
    expect(outcome.faults).toEqual([]);
    expect(outcome.sent).toBeGreaterThan(0);
    expect(outcome.stored).toBe(outcome.sent);
    expect(outcome.acknowledged).toBe(outcome.sent);
  },
  180_000,
);
