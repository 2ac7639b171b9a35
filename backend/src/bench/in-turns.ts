import { median } from './numbers.ts';
import type { MeasuredServer } from './servers/measured-server.ts';

/** What one message costs a server. */
export interface Cost {
  /** Microseconds from one message to the next. */
  wall: number;
  /** Microseconds of the server's processors. */
  cpu: number;
}

/** Something that a server does again and again: `run` does it for so many seconds and says how often. */
export interface Work {
  server: MeasuredServer;
  run(seconds: number): Promise<number>;
}

/** The medians of one side, and of its ratios to the first side of the same round. */
export interface Measured {
  cost: Cost;
  /** How many times the first side's cost. */
  ratio: Cost;
}

/**
 * Measures servers in turns, so that whatever else the machine does meets all of them. The first turn warms up and does
 * not count.
 */
export async function inTurns<Name extends string>(
  sides: Record<Name, Work>,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Record<Name, Measured>> {
  const names = Object.keys(sides) as Name[];
  const costs = new Map<Name, Cost[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const cost = await measure(sides[name], seconds);
      if (round > 0) costs.get(name)?.push(cost);
    }
  }
  const [first] = names;
  const references = (first && costs.get(first)) ?? [];
  const entries = names.map((name) => [name, summary(costs.get(name) ?? [], references)]);
  return Object.fromEntries(entries) as Record<Name, Measured>;
}

async function measure({ server, run }: Work, seconds: number): Promise<Cost> {
  const before = await server.ask('usage');
  const start = performance.now();
  const count = await run(seconds);
  const wall = ((performance.now() - start) * 1000) / count;
  const after = await server.ask('usage');
  return { wall, cpu: (after.cpu - before.cpu) / count };
}

function summary(costs: readonly Cost[], references: readonly Cost[]): Measured {
  const middle = (of: (cost: Cost, round: number) => number): number => median(costs.map(of));
  return {
    cost: { wall: middle(({ wall }) => wall), cpu: middle(({ cpu }) => cpu) },
    ratio: {
      wall: middle(({ wall }, round) => wall / (references[round]?.wall ?? wall)),
      cpu: middle(({ cpu }, round) => cpu / (references[round]?.cpu ?? cpu)),
    },
  };
}
