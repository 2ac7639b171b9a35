import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../db/care/check.ts';
import { dataFolder, type DataFolder } from '../../db/care/data-folder.ts';
import { stopClients } from '../live-clients.ts';
import { comeToRest } from './come-to-rest.ts';
import type { Fault, Outcome } from './fault.ts';
import { createHistory, type History } from './history.ts';
import { createRandom } from './random.ts';
import { serverProcess, type ServerProcess } from './server-process.ts';
import { storedMessages } from './stored-messages.ts';
import { talkAlone, talkByClients, talkBySocket, type Talker } from './talkers.ts';

/** A life that ends before anybody has come back, so many of ten. */
const EARLY_DEATHS = 2;
/** How long a life lasts at most after it has acknowledged something, in milliseconds. */
const LIFE = 400;
/** Clients come back after a wait of their own choice: a life does not wait for the last of them, in milliseconds. */
const PATIENCE = 2_500;

/** The server is killed while people write, a hundred times. */
export const killed: Fault = {
  name: 'kill -9 under load',
  run: ({ seed, size, rounds = size === 'long' ? 100 : 2 }) =>
    crashLoop({ rounds, seed }, (server) => server.kill()),
};

/** The server is asked to end while people write. */
export const terminated: Fault = {
  name: 'SIGTERM under load',
  run: ({ seed, size, rounds = size === 'long' ? 30 : 1 }) =>
    crashLoop({ rounds, seed }, async (server) => {
      const code = await server.end();
      if (code !== 0) throw new Error(`the server ended with ${code}: ${server.output()}`);
    }),
};

/**
 * Ends the server while customers, an agent and programs write, again and again, and compares after each time what
 * was acknowledged with what is stored. At last everybody finishes, and sees what the server has.
 */
async function crashLoop(
  { rounds, seed }: { rounds: number; seed: number },
  end: (server: ServerProcess) => Promise<void>,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'wzatco-faults-'));
  const data = dataFolder(folder);
  const server = await serverProcess(folder);
  const history = createHistory();
  const random = createRandom(seed);
  const faults: string[] = [];
  try {
    await server.start();
    const talkers = await gather(server.url, history);
    for (let number = 1; number <= rounds && faults.length === 0; number += 1) {
      if (number > 1) await server.start();
      if (number === 1 || random() >= EARLY_DEATHS / 10) await theyWrite(talkers);
      await Bun.sleep(random() * LIFE);
      await end(server);
      const found = [...(await unsound(data)), ...history.compare(storedMessages(data.database))];
      faults.push(...found.map((fault) => `${fault} (after round ${number})`));
    }
    await server.start();
    await Promise.all(talkers.map((talker) => talker.serverIsUp()));
    const outcome = await comeToRest(talkers, history, () => [...storedMessages(data.database)]);
    return { ...outcome, faults: [...faults, ...outcome.faults, ...(await unsound(data))] };
  } finally {
    stopClients();
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function gather(url: string, history: History): Promise<Talker[]> {
  return [
    ...(await talkByClients(url, history)),
    ...(await talkByClients(url, history)),
    await talkAlone(url, history),
    await talkBySocket(url, history),
    await talkBySocket(url, history),
  ];
}

/** The bare sockets are back, and half of all have had a message acknowledged in this life. */
async function theyWrite(talkers: readonly Talker[]): Promise<void> {
  const before = talkers.map((talker) => talker.acknowledged());
  const isBack = (talker: Talker, at: number): boolean => talker.acknowledged() !== before[at];
  await Promise.all(talkers.map((talker) => talker.serverIsUp()));
  const end = performance.now() + PATIENCE;
  while (talkers.filter(isBack).length < talkers.length / 2 && performance.now() < end) await Bun.sleep(5);
}

async function unsound(data: DataFolder): Promise<string[]> {
  return (await check(data)).map(({ message }) => message);
}
