import { perSecond, type Result } from '../db/bench/result-table.ts';
import { inTurns, type Measured, type Work } from './in-turns.ts';
import type { Parties, Party } from './parties.ts';
import type { BenchSettings } from './settings.ts';
import type { Writer } from './talk.ts';

/** Of the bare server's messages a second, at the most connections. */
const GOAL_BARE = 0.5;
/** Times the messages a second with a commit for each. */
const GOAL_COMMITS = 5;

/**
 * Durable, acknowledged and delivered messages a second: every connection writes its next message when the last is
 * acknowledged and on the other side.
 */
export async function measureThroughput(parties: Parties, settings: BenchSettings): Promise<Result[]> {
  const results: Result[] = [];
  const most = Math.max(...settings.connections);
  for (const connections of settings.connections) {
    const side = ({ server, writers }: Party): Work => ({
      server,
      run: (seconds) => writeFor(writers.slice(0, connections), seconds),
    });
    const name = `${connections.toLocaleString('en')} connection${connections === 1 ? '' : 's'}`;
    const both = { bare: side(parties.bare), product: side(parties.product) };
    if (connections < most) {
      const { bare, product } = await inTurns(both, settings);
      results.push(compare(`${name}: bare`, product, bare, { goal: GOAL_BARE, counts: false }));
      continue;
    }
    const { bare, product, bareAll, raw, rawAlone, alone } = await inTurns(
      {
        ...both,
        bareAll: side(parties.bareAll),
        raw: side(parties.raw),
        rawAlone: side(parties.rawAlone),
        alone: side(parties.alone),
      },
      settings,
    );
    results.push(
      compare(`${name}: bare`, product, bare, { goal: GOAL_BARE, counts: true }),
      compare(`${name}: bare, sending all that the product sends`, product, bareAll),
      compare(`${name}: sending all and writing the same by hand`, product, raw),
      compare(`${name}: the same by hand, by bare`, raw, bare),
      compare(`${name}: a commit for each message`, product, alone, { goal: GOAL_COMMITS, counts: true }),
      compare(`${name}: by hand, by a commit for each message by hand`, raw, rawAlone),
    );
  }
  return results;
}

/** @param aim The goal, and whether it is set for this many connections. */
function compare(
  operation: string,
  one: Measured,
  other: Measured,
  aim?: { goal: number; counts: boolean },
): Result {
  // Both ratios are to the bare server of the same round.
  const wall = other.ratio.wall / one.ratio.wall;
  const cpu = other.ratio.cpu / one.ratio.cpu;
  return {
    operation,
    measured: perSecond(one.cost.wall),
    reference: perSecond(other.cost.wall),
    ratio: show(wall),
    detail: `${show(cpu)} by processor time: ${one.cost.cpu.toFixed(0)} for ${other.cost.cpu.toFixed(0)} µs`,
    goal: aim?.counts ? `≥ ${show(aim.goal)}` : '',
    isMet: aim?.counts ? wall >= aim.goal : undefined,
    ...(aim && { partOfGoal: aim.goal / wall }),
  };
}

function show(ratio: number): string {
  return ratio < 2 ? `${(ratio * 100).toFixed(0)} %` : `${ratio.toFixed(1)}×`;
}

async function writeFor(writers: readonly Writer[], seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let count = 0;
  const write = async (writer: Writer): Promise<void> => {
    do {
      await writer.write();
      count += 1;
    } while (performance.now() < end);
  };
  await Promise.all(writers.map(write));
  return count;
}
