import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fillDesk, type Couple } from './desk.ts';
import { startMeasured, type MeasuredServer } from './servers/measured-server.ts';
import { bareCouple, connectCouples, type Writer } from './talk.ts';

/** A server is quiet when it is busy for less than this part of a pause of so many milliseconds. */
const QUIET = 0.1;
const PAUSE = 300;

/** A server, and those who write by it: customer and agent of each chat in turns. */
export interface Party {
  server: MeasuredServer;
  writers: Writer[];
}

/** The servers that are compared, each with the same people. */
export interface Parties {
  bare: Party;
  /** The bare one that sends everything that the product sends. */
  bareAll: Party;
  /** The same, which also writes what the product writes, by hand. */
  raw: Party;
  /** The same with a commit for each message. */
  rawAlone: Party;
  product: Party;
  /** The product with a commit for each message. */
  alone: Party;
  couples: Couple[];
  stop(): Promise<void>;
}

/** Starts the servers and connects so many people to each. */
export async function gather(folder: string, connections: number): Promise<Parties> {
  const couples = await fillDesk(join(folder, 'product'), Array<number>(connections / 2).fill(1));
  for (const copy of ['alone', 'raw', 'raw-alone'])
    cpSync(join(folder, 'product'), join(folder, copy), { recursive: true });
  const bareCouples = couples.map(bareCouple);
  const bare = await meet(startMeasured('bare', folder), bareCouples, false);
  const bareAll = await meet(startMeasured('bare', folder, 'all'), bareCouples, false);
  const raw = await meet(startMeasured('bare', join(folder, 'raw'), 'all', 'stores'), bareCouples, false);
  const rawAlone = await meet(
    startMeasured('bare', join(folder, 'raw-alone'), 'all', 'stores', 'alone'),
    bareCouples,
    false,
  );
  const product = await meet(startMeasured('product', join(folder, 'product')), couples, true);
  const alone = await meet(startMeasured('product', join(folder, 'alone'), 'alone'), couples, true);
  return {
    bare,
    bareAll,
    raw,
    rawAlone,
    product,
    alone,
    couples,
    async stop() {
      for (const { server } of [bare, bareAll, raw, rawAlone, product, alone]) await server.stop();
    },
  };
}

async function meet(
  starting: Promise<MeasuredServer>,
  couples: readonly Couple[],
  watches: boolean,
): Promise<Party> {
  const server = await starting;
  const writers = await connectCouples(server.url, couples, watches);
  await settle(server);
  return { server, writers };
}

/** That so many have come at once gives the server something to do for a while. */
async function settle(server: MeasuredServer): Promise<void> {
  for (let before = -Infinity; ;) {
    const { cpu } = await server.ask('usage');
    if (cpu - before < PAUSE * 1000 * QUIET) return;
    before = cpu;
    await Bun.sleep(PAUSE);
  }
}
