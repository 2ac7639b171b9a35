import { inviteAgent } from '../../live-clients.ts';
import { PASSWORD } from '../../people.ts';
import type { TestServer } from '../../start-test-server.ts';
import { againstServer, type Findings } from '../against-server.ts';
import type { Fault } from '../fault.ts';
import type { History } from '../history.ts';
import { openWay, type Way } from '../way.ts';
import { clockedPerson, type ClockedPerson } from './clocked-person.ts';

const HOUR = 3_600_000;
/** What was written without a network is stored so soon after it is back, in milliseconds. */
const PATIENCE = 60_000;

/**
 * The customer's clock is an hour ahead, the agent's an hour behind. In mid-conversation the server's is set back by an
 * hour; then, while there is no network, the customer's by two hours, and the agent's ahead by two.
 */
export const wrongClocks: Fault = {
  name: 'clocks that are off by an hour, and set back',
  run({ size, rounds = size === 'long' ? 150 : 8 }) {
    let serverOffset = 0;
    const now = () => new Date(Date.now() + serverOffset);
    return againstServer(
      async (server, history) => {
        const ways: [Way, Way] = [await openWay(server.url), await openWay(server.url)];
        const customer = clockedPerson(ways[0].url, null);
        const agent = clockedPerson(ways[1].url, await inviteAgent(server.url, 'Anna Agent'), PASSWORD);
        try {
          const scene = { server, history, ways, people: [customer, agent] as const, rounds };
          return await converse(scene, {
            setServerBack: () => (serverOffset = -HOUR),
            withTyping: size === 'long',
          });
        } finally {
          await Promise.all([customer.leave(), agent.leave()]);
          for (const way of ways) way.stop();
        }
      },
      { now },
    );
  },
};

interface Scene {
  server: TestServer;
  history: History;
  ways: readonly [Way, Way];
  people: readonly [ClockedPerson, ClockedPerson];
  /** How much each of them writes at a time. */
  rounds: number;
}

async function converse(
  scene: Scene,
  { setServerBack, withTyping }: { setServerBack(): void; withTyping: boolean },
): Promise<Findings> {
  const { ways, people, history, rounds } = scene;
  const [customer, agent] = people;
  await customer.ask('clock', { hours: 1 });
  await agent.ask('clock', { hours: -1 });
  const chatId = await customer.ask('open', {});
  await agent.ask('claim', { chatId });
  let lastSeq = 1;
  let written = 0;
  const write = async () => {
    for (const person of people) {
      const texts = Array.from({ length: rounds }, (_, at) => `message ${written + at + 1}`);
      for (const key of await person.ask('send', { texts })) history.attempt(key);
    }
    lastSeq += 2 * rounds;
    written += rounds;
  };
  const arrive = () => Promise.all(people.map((person) => person.ask('see', { lastSeq })));

  await write();
  await arrive();
  setServerBack();
  // What was handed out an hour later than it is now is still good for a new connection.
  for (const way of ways) way.shake();
  await write();
  await arrive();

  for (const way of ways) way.cut();
  await write();
  await customer.ask('clock', { hours: -1 });
  await agent.ask('clock', { hours: 1 });
  await write();
  // Without the live connection nothing but their own clocks tells them when to try again.
  for (const way of ways) await way.mend('rest');
  await stored(scene.server, chatId, lastSeq);
  for (const way of ways) await way.mend();
  for (const person of people) await person.ask('look', {});
  const seen = await arrive();

  if (withTyping) {
    await customer.ask('type', {});
    await agent.ask('seeTyping', { count: 1 });
    await agent.ask('clock', { hours: 0 });
    await agent.ask('seeTyping', { count: 0 });
  }
  history.attempt(seen[0]?.[0]?.key ?? '');
  for (const { key, seq, content, mine } of seen.flat()) {
    if (mine && seq !== null) history.acknowledge({ chatId, clientMessageId: key, seq, content });
  }
  const faults = seen.flatMap((messages) => wrongOrder(messages.filter(({ mine }) => mine)));
  return { displays: seen.map((messages) => ({ chatId, messages })), faults };
}

async function stored({ features }: TestServer, chatId: string, count: number): Promise<void> {
  const end = performance.now() + PATIENCE;
  const isThere = async () => (await features.chat.chats.findById(chatId).lean())?.lastSeq === count;
  while (!(await isThere())) {
    if (performance.now() > end) throw new Error('what was written without a network is not sent');
    await Bun.sleep(20);
  }
}

/** Each of them counts what they write. */
function wrongOrder(own: readonly { content: string }[]): string[] {
  const numbers = own.map(({ content }) => Number(/\d+$/.exec(content)?.[0] ?? 0));
  return numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0))
    ? []
    : [`out of order: somebody wrote 1, 2, 3 …, and it became ${numbers.join(', ')}`];
}
