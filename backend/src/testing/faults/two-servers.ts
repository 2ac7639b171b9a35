import type { Fault, Outcome } from './fault.ts';
import { comeToRest } from './come-to-rest.ts';
import { createHistory, type History } from './history.ts';
import { talkOn } from './talk-on.ts';
import { talkAlone, talkByClients, type Talker } from './talkers.ts';
import { stopClients } from '../live-clients.ts';
import { redisProgram } from '../redis-process.ts';
import type { TestDatabase } from '../test-database.ts';
import { startTwoProcesses, type TwoProcesses } from '../two-processes.ts';
import { findWireProgram } from '../wire-server/find-wire-server.ts';
import { startWireServer } from '../wire-server/start-wire-server.ts';

/** What a dead process had begun holds its chats until the database gives it up: after 60 seconds, in milliseconds. */
export const GIVEN_UP = 100_000;

/** Two server processes behind one address: one is killed and comes back, then Redis is; people write all the while. */
export const lostProcess: Fault = {
  name: 'two processes, one of them killed, Redis restarted',
  missing({ size }) {
    if (size === 'short') return 'its short form is lost-process.server.test.ts, of bun run test:server';
    if (!redisProgram) return 'there is no redis-server on the PATH';
    return findWireProgram()
      ? null
      : 'there is neither mongod nor SecantusDB; bun run test:server installs it';
  },
  async run({ rounds = 3 }) {
    const two = await startTwoProcesses(await ownDatabase());
    try {
      return await loseAndRegain(two, rounds);
    } finally {
      stopClients();
      await two.stop();
    }
  },
};

async function loseAndRegain(two: TwoProcesses, rounds: number): Promise<Outcome> {
  const history = createHistory();
  const talkers = await gatherOnBoth(two, history);
  for (let round = 0; round < rounds; round += 1) {
    const lost = two.servers[round % 2 === 0 ? 1 : 0];
    await talkOn(talkers, 5);
    await lost.kill();
    await talkOn(talkers, 5, GIVEN_UP);
    await lost.start();
    await talkOn(talkers, 3);
    await two.redis.kill();
    await talkOn(talkers, 3);
    await two.redis.start();
    await talkOn(talkers, 3);
  }
  const outcome = await comeToRest(talkers, history, () => storedOf(two, talkers));
  return { ...outcome, note: `${rounds} times` };
}

/** Customers come by the one way, their agents by the other; each talks without end. */
export async function gatherOnBoth(
  { ways: [front, back] }: TwoProcesses,
  history: History,
): Promise<Talker[]> {
  return [
    ...(await talkByClients(front.url, history, back.url)),
    ...(await talkByClients(back.url, history, front.url)),
    await talkAlone(front.url, history),
    await talkAlone(back.url, history),
  ];
}

/** What is stored of their chats, by chat and number. */
export async function storedOf(two: TwoProcesses, talkers: readonly Talker[]) {
  const theirs = new Set(talkers.map(({ chatId }) => chatId));
  return (await two.stored()).filter(({ chatId }) => theirs.has(chatId));
}

/** A server of its own that speaks MongoDB's protocol, and ends with its data. */
async function ownDatabase(): Promise<TestDatabase> {
  const program = findWireProgram();
  if (!program) throw new Error('there is no server that speaks MongoDB’s protocol');
  const server = await startWireServer(program);
  const uri = new URL(server.uri);
  uri.pathname = '/wzatco';
  return { variables: { MONGODB_URI: uri.href }, drop: async () => {}, end: () => server.stop() };
}
