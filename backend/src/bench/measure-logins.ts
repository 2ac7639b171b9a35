import type { Result } from '../db/bench/result-table.ts';
import { PASSWORD, type Couple } from './desk.ts';
import { quantile } from './numbers.ts';
import type { Parties } from './parties.ts';
import type { Writer } from './talk.ts';

const LOGINS = 16;
const GOAL_STALL = 20;
const GOAL_TIMES = 5;
/** How long people write before the logins, to know what is usual, and how often, in milliseconds. */
const USUAL = 3_000;
const EVERY = 10;

/** Sixteen people sign in at once, each password compared by bcrypt of cost 12, while a chat goes on. */
export async function measureLogins({ product, couples }: Parties): Promise<Result[]> {
  const { server, writers } = product;
  const [writer] = writers;
  const [first, ...people] = couples;
  if (!writer || !first) throw new Error('nobody writes');
  // A process's first login compiles what the others run.
  await login(server.url, first);
  // What the load before them left to be collected is not theirs.
  await server.ask('collect');
  await server.ask('watch');
  const before = await writeUntil(writer, Bun.sleep(USUAL));
  // What else the machine does stalls it too.
  const { stall: usualStall } = await server.ask('stall');
  await server.ask('watch');
  const start = performance.now();
  const during = await writeUntil(
    writer,
    Promise.all(people.slice(0, LOGINS).map((couple) => login(server.url, couple))),
  );
  const seconds = (performance.now() - start) / 1000;
  const { stall } = await server.ask('stall');
  const [usual, meanwhile] = [quantile(before, 0.99), quantile(during, 0.99)];
  return [
    {
      operation: `${LOGINS} logins at once: how long the event loop stood still`,
      measured: `${stall.toFixed(1)} ms`,
      reference: `${usualStall.toFixed(1)} ms`,
      ratio: '',
      detail: `in ${seconds.toFixed(1)} s; in ${USUAL / 1000} s before them: the reference`,
      goal: `< ${GOAL_STALL} ms`,
      isMet: stall < GOAL_STALL,
      partOfGoal: stall / GOAL_STALL,
    },
    {
      operation: `p99 of a chat’s messages meanwhile`,
      measured: `${meanwhile.toFixed(1)} ms`,
      reference: `${usual.toFixed(1)} ms`,
      ratio: `${(meanwhile / usual).toFixed(1)}×`,
      detail: `${during.length} messages`,
      goal: `≤ ${GOAL_TIMES}×`,
      isMet: meanwhile <= usual * GOAL_TIMES,
      partOfGoal: meanwhile / usual / GOAL_TIMES,
    },
  ];
}

async function writeUntil(writer: Writer, end: Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  const stop = new AbortController();
  const ended = end.finally(() => stop.abort());
  while (!stop.signal.aborted) {
    const { delivered } = await writer.write();
    times.push(delivered);
    await Bun.sleep(EVERY);
  }
  await ended;
  return times;
}

async function login(url: string, { agentEmail }: Couple): Promise<void> {
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: agentEmail, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`login failed: ${await response.text()}`);
}
