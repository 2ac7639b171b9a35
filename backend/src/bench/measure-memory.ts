import { join } from 'node:path';
import type { Result } from '../db/bench/result-table.ts';
import { fillDesk, type Couple } from './desk.ts';
import { startMeasured, type MeasuredServer } from './servers/measured-server.ts';
import type { BenchSettings } from './settings.ts';
import { bareCouple } from './talk.ts';
import { connectWire, type WireClient } from './wire-client.ts';

const GOAL = 2;
const TOGETHER = 50;
const KILOBYTE = 1024;
/** What is left of the memory after another pause, in milliseconds, where none was given back in it. */
const SETTLED = 0.995;
const PAUSE = 1_000;

/** What a connection takes of the server's memory that is authenticated, has joined its chat, and is silent. */
export async function measureMemory(folder: string, { idle }: BenchSettings): Promise<Result[]> {
  const dataDir = join(folder, 'idle');
  const couples = await fillDesk(dataDir, Array<number>(idle).fill(1));
  const bare = await memoryOf(await startMeasured('bare', dataDir), couples.map(bareCouple), connectOnly);
  const product = await memoryOf(await startMeasured('product', dataDir), couples, connectAndJoin);
  const ratio = product / bare;
  return [
    {
      operation: `memory of an idle connection, of ${idle.toLocaleString('en')}`,
      measured: `${(product / KILOBYTE).toFixed(1)} KB`,
      reference: `${(bare / KILOBYTE).toFixed(1)} KB`,
      ratio: `${ratio.toFixed(2)}×`,
      goal: `≤ ${GOAL}×`,
      isMet: ratio <= GOAL,
      partOfGoal: ratio / GOAL,
    },
  ];
}

type Connect = (url: string, couple: Couple) => Promise<WireClient>;

const connectOnly: Connect = (url, { customerToken }) => connectWire(url, customerToken);

const connectAndJoin: Connect = async (url, { customerToken, chatId }) => {
  const client = await connectWire(url, customerToken);
  await client.call('join_chat', { chatId, name: 'Customer' });
  return client;
};

/** Bytes for each connection. The first tenth warms the server up. */
async function memoryOf(
  server: MeasuredServer,
  couples: readonly Couple[],
  connect: Connect,
): Promise<number> {
  const clients: WireClient[] = [];
  const connectAll = async (part: readonly Couple[]): Promise<void> => {
    for (let at = 0; at < part.length; at += TOGETHER) {
      const next = part.slice(at, at + TOGETHER);
      clients.push(...(await Promise.all(next.map((couple) => connect(server.url, couple)))));
    }
  };
  const warm = Math.floor(couples.length / 10);
  try {
    await connectAll(couples.slice(0, warm));
    const before = await settled(server);
    await connectAll(couples.slice(warm));
    return ((await settled(server)) - before) / (couples.length - warm);
  } finally {
    for (const client of clients) client.close();
    await server.stop();
  }
}

/** The memory when the garbage is gone, and no more of it is given back to the system. */
async function settled(server: MeasuredServer): Promise<number> {
  for (let before = Infinity; ;) {
    const { memory } = await server.ask('collect');
    if (memory > before * SETTLED) return Math.min(memory, before);
    before = memory;
    await Bun.sleep(PAUSE);
  }
}
