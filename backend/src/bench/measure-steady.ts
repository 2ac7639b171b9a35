import { Database } from 'bun:sqlite';
import { join } from 'node:path';
import type { Result } from '../db/bench/result-table.ts';
import { quantile } from './numbers.ts';
import type { Parties, Party } from './parties.ts';
import type { BenchSettings } from './settings.ts';

const RATE = 2_000;
const COMMITS = 1_000;

/** How long the slowest of a hundred acknowledgements takes while people write a steady 2,000 messages a second. */
export async function measureSteady(
  { bare, raw, product }: Parties,
  folder: string,
  { rounds, seconds }: BenchSettings,
): Promise<Result[]> {
  const times = {
    bare: [] as number[],
    raw: [] as number[],
    product: [] as number[],
    commit: [] as number[],
  };
  for (let round = 0; round < rounds; round += 1) {
    times.bare.push(...(await writeSteadily(bare, seconds)));
    times.raw.push(...(await writeSteadily(raw, seconds)));
    times.product.push(...(await writeSteadily(product, seconds)));
    times.commit.push(...commitTimes(folder, COMMITS / rounds));
  }
  const p99 = {
    bare: quantile(times.bare, 0.99),
    raw: quantile(times.raw, 0.99),
    product: quantile(times.product, 0.99),
    commit: quantile(times.commit, 0.99),
  };
  const allowed = p99.bare + 3 * p99.commit;
  return [
    {
      operation: `p99 of the acknowledgement at ${RATE.toLocaleString('en')} messages/s`,
      measured: milliseconds(p99.product),
      reference: milliseconds(p99.bare),
      ratio: `${(p99.product / allowed).toFixed(2)}×`,
      detail: `half of them within ${milliseconds(quantile(times.product, 0.5))}; by hand ${milliseconds(p99.raw)}; p99 of a commit ${milliseconds(p99.commit)}`,
      goal: `≤ ${milliseconds(allowed)}`,
      isMet: p99.product <= allowed,
      partOfGoal: p99.product / allowed,
    },
  ];
}

/** Everybody writes in turn; the times count from when a message was due, so that none hides behind a slow one. */
async function writeSteadily({ writers }: Party, seconds: number): Promise<number[]> {
  const times: number[] = [];
  const underway: Promise<void>[] = [];
  const start = performance.now();
  const count = RATE * seconds;
  const write = async (number: number): Promise<void> => {
    const due = start + (number * 1000) / RATE;
    const writer = writers[number % writers.length];
    if (!writer) throw new Error('nobody writes');
    const late = performance.now() - due;
    const { acknowledged } = await writer.write();
    times.push(late + acknowledged);
  };
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, Math.floor(((performance.now() - start) * RATE) / 1000));
    for (; sent < due; sent += 1) underway.push(write(sent));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underway);
  return times;
}

/** Milliseconds of so many commits of one row each, on the same disk. */
function commitTimes(folder: string, count: number): number[] {
  using database = new Database(join(folder, 'commits.sqlite'));
  database.run('PRAGMA journal_mode = WAL');
  database.run('PRAGMA synchronous = FULL');
  database.run('CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, doc BLOB)');
  const insert = database.prepare('INSERT INTO rows (doc) VALUES (?)');
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const start = performance.now();
    insert.run(new Uint8Array(400));
    times.push(performance.now() - start);
  }
  insert.finalize();
  return times;
}

function milliseconds(time: number): string {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}
