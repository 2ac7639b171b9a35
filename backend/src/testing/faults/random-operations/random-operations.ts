import * as fc from 'fast-check';
import { actAsBrowser } from '../../browser-page.ts';
import { stopClients } from '../../live-clients.ts';
import { startTestServer, stopTestServer } from '../../start-test-server.ts';
import type { Fault, Outcome } from '../fault.ts';
import { randomOperations, showOperations, type Operation } from './operations.ts';
import { gatherDesk } from './people.ts';
import { play } from './play.ts';

/** Scenes, and the operations of the longest of them. */
const SIZES = { short: { scenes: 8, operations: 40 }, long: { scenes: 200, operations: 100 } };
/** How long a failing scene is made smaller, in milliseconds. */
const PATIENCE = 120_000;

/**
 * Two clients do whatever people do, over ways that break, on devices that reload; in the end each shows what a
 * client shows that has just fetched all of it, and that is what the database has.
 */
export const randomOperationsOfTwo: Fault = {
  name: 'random operations of a customer and an agent',
  async run({ seed, size, rounds }) {
    const { scenes, operations } = SIZES[size];
    const leave = actAsBrowser();
    const server = await startTestServer();
    const desk = await gatherDesk(server.url);
    const total: Outcome = { sent: 0, acknowledged: 0, stored: 0, displayed: 0, faults: [] };
    let failedAt = 0;
    try {
      const scene = fc.asyncProperty(randomOperations(operations), async (list) => {
        // Made small enough.
        if (failedAt > 0 && performance.now() - failedAt > PATIENCE) return;
        const { faults, ...counts } = await play({ ...server, ...desk }, list).catch(asOutcome);
        if (faults.length > 0) {
          failedAt ||= performance.now();
          throw new Error(faults.join('\n'));
        }
        for (const name of COUNTS) total[name] += counts[name];
      });
      const run = await fc.check(scene, { seed, numRuns: rounds ?? scenes });
      if (run.failed) total.faults.push(report(run));
    } finally {
      desk.agent.stop();
      stopClients();
      await stopTestServer(server);
      leave();
    }
    return total;
  },
};

const COUNTS = ['sent', 'acknowledged', 'stored', 'displayed'] as const;

function asOutcome(error: unknown): Outcome {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { sent: 0, acknowledged: 0, stored: 0, displayed: 0, faults: [text] };
}

function report(run: fc.RunDetails<[Operation[]]>): string {
  const cause = run.errorInstance;
  return [
    `seed ${run.seed}, scene ${run.numRuns}, made smaller ${run.numShrinks} times:`,
    ...showOperations(run.counterexample?.[0] ?? []).map((line) => `  ${line}`),
    cause instanceof Error ? cause.message : String(cause),
  ].join('\n');
}
