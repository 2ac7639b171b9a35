import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../db/care/check.ts';
import { dataFolder } from '../../db/care/data-folder.ts';
import { stopClients } from '../live-clients.ts';
import { createHistory, type History } from './history.ts';
import { createRandom } from './random.ts';
import { serverProcess, type ServerProcess } from './server-process.ts';
import { storedMessages } from './stored-messages.ts';
import { talkAlone, talkByClients, talkBySocket, type Talker } from './talkers.ts';

/** What one life of the server came to. */
export interface Round {
  number: number;
  /** Written, acknowledged and stored in all rounds so far. */
  written: number;
  acknowledged: number;
  stored: number;
  /** Everything that is wrong; none is the point. */
  faults: string[];
  seconds: number;
}

/** A life that ends before anybody has come back, so many of ten. */
const EARLY_DEATHS = 2;
/** How long a life lasts at most after it has acknowledged something, in milliseconds. */
const LIFE = 400;
/** Clients come back after a wait of their own choice: a life does not wait for the last of them, in milliseconds. */
const PATIENCE = 2_500;

/**
 * Kills the server while customers, an agent and programs write, again and again, and compares after each time what
 * was acknowledged with what is stored. In the end everybody finishes, and sees what the server has.
 *
 * @param onRound Told of each round, for a line of output.
 * @example const faults = await crashLoop({ rounds: 3, seed: 1 });
 */
export async function crashLoop(
  { rounds, seed }: { rounds: number; seed: number },
  onRound: (round: Round) => void = () => undefined,
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wzatco-faults-'));
  const server = await serverProcess(folder);
  const history = createHistory();
  const random = createRandom(seed);
  try {
    await server.start();
    const talkers = await gather(server.url, history);
    for (let number = 1; number <= rounds; number += 1) {
      const startedAt = performance.now();
      if (number > 1) await server.start();
      if (number === 1 || random() >= EARLY_DEATHS / 10) await theyWrite(talkers);
      await Bun.sleep(random() * LIFE);
      await server.kill();
      const { faults, stored } = await compare(folder, history);
      const seconds = (performance.now() - startedAt) / 1000;
      const { attempted: written, acknowledged } = history;
      onRound({ number, written, acknowledged, stored, faults, seconds });
      if (faults.length > 0) return faults;
    }
    return await end(server, folder, history, talkers);
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

async function compare(folder: string, history: History): Promise<{ faults: string[]; stored: number }> {
  const data = dataFolder(folder);
  const unsound = await check(data);
  const stored = [...storedMessages(data.database)];
  const faults = [...unsound.map(({ message }) => message), ...history.compare(stored)];
  return { faults, stored: stored.length };
}

/** Nobody writes any more: all that was written is stored, and everybody's list is the server's. */
async function end(
  server: ServerProcess,
  folder: string,
  history: History,
  talkers: readonly Talker[],
): Promise<string[]> {
  await server.start();
  await Promise.all(talkers.map((talker) => talker.serverIsUp()));
  await Promise.all(talkers.map((talker) => talker.finish()));
  const { faults, stored } = await compare(folder, history);
  if (stored !== history.attempted) faults.push(`${history.attempted} were written, ${stored} are stored`);
  const all = [...storedMessages(dataFolder(folder).database)];
  for (const list of talkers.map((talker) => talker.list())) {
    if (list) faults.push(...differences(list, all));
  }
  return faults;
}

/** What is shown is the newest part of what is stored, without a hole. */
function differences(
  { chatId, messages }: NonNullable<ReturnType<Talker['list']>>,
  stored: ReadonlyArray<{ chatId: string; seq: number; content: string }>,
): string[] {
  const theirs = stored.filter((entry) => entry.chatId === chatId).slice(-messages.length);
  const lines = (list: readonly { seq: number | null; content: string }[]) =>
    list.map(({ seq, content }) => `${seq} ${content}`).join('\n');
  return lines(messages) === lines(theirs) ? [] : [`the list of chat ${chatId} is not what is stored`];
}
