import { setTimeout as pause } from 'node:timers/promises';
import { createVisitorClient, type ChatStore, type VisitorClient } from '@wzatco/sdk';
import { BRANDS } from './brands.ts';
import { CUSTOMERS } from './customers.ts';
import { makeUp } from './made-up.ts';
import { createRandom, type Random } from './random.ts';
import { COFFEE_STORIES } from './stories/coffee.ts';
import { readLine, type Line } from './stories/story.ts';

/** How often somebody new writes, how many at once at most, and how long they wait for an answer; milliseconds. */
const EVERY = 40_000;
const AT_ONCE = 3;
const PATIENCE = 5 * 60_000;

const PASSERS_BY = CUSTOMERS.filter(({ language }) => language === 'en');

/**
 * Customers who come to the example shop and write, now and then, and go on where an agent answers. Returns what sends
 * them away.
 */
export function startLiveCustomers(url: string, seed: number): () => void {
  const random = createRandom(seed);
  const end = new AbortController();
  const { signal } = end;
  let here = 0;
  const visit = async () => {
    if (here >= AT_ONCE) return;
    here += 1;
    const client = createVisitorClient({ server: url, site: BRANDS[0].key, storage: 'memory' });
    try {
      await converse(random, client, signal);
    } catch (error) {
      // A visit that the demo's end, or an agent's, cuts short is over; nobody waits for it.
      if (!signal.aborted) process.stderr.write(`A live customer left: ${String(error)}\n`);
    } finally {
      client.stop();
      here -= 1;
    }
  };
  void visit();
  const timer = setInterval(() => void visit(), EVERY);
  return () => {
    clearInterval(timer);
    end.abort();
  };
}

async function converse(random: Random, client: VisitorClient, signal: AbortSignal): Promise<void> {
  const [brand] = BRANDS;
  const { name, email } = random.pick(PASSERS_BY);
  const story = random.pick(COFFEE_STORIES);
  const fill = makeUp(random, { brand, language: 'en', at: new Date(), customer: name, agent: 'there' });
  const lines = story.lines.map(readLine);
  const turns = turnsOf(lines, fill);
  const [opening = ['Hello?'], ...answers] = turns;
  const [message = 'Hello?', ...more] = opening;
  const page = `https://www.northwind.example${random.pick(brand.pages)}`;
  const department = story.department === null ? {} : { department: story.department };
  const chat = await client.openChat({
    name,
    ...(email === null ? {} : { email }),
    ...department,
    page,
    message,
  });
  await write(random, chat, more, signal);
  for (const answer of answers) {
    if (!(await answered(chat, signal))) break;
    await write(random, chat, answer, signal);
  }
  if (chat.state.get().status === 'active') await answered(chat, signal);
  if (chat.state.get().status !== 'closed') await chat.close();
  if (chat.state.get().agent) await chat.rate(random.pick([5, 5, 5, 4, 4, 3] as const));
}

/** What the customer says in one go, between two answers. */
function turnsOf(lines: readonly Line[], fill: (text: string) => string): string[][] {
  const turns: string[][] = [[]];
  for (const { by, text } of lines) {
    if (by === 'customer') turns.at(-1)?.push(fill(text));
    else if (turns.at(-1)?.length) turns.push([]);
  }
  return turns.filter((turn) => turn.length > 0);
}

/** As people do: reads, writes for a while, sends. */
async function write(
  random: Random,
  chat: ChatStore,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const text of texts) {
    await pause(random.between(1_500, 4_000), undefined, { signal });
    for (let left = Math.min(text.length * 60, 8_000); left > 0; left -= 1_500) {
      chat.setTyping(true);
      await pause(Math.min(left, 1_500), undefined, { signal });
    }
    chat.setTyping(false);
    if (chat.state.get().status === 'closed') return;
    chat.send(text);
  }
}

/** Resolves when an agent has written again: false where patience or the chat ends first. */
async function answered(chat: ChatStore, signal: AbortSignal): Promise<boolean> {
  const ofAgents = () => chat.state.get().messages.filter(({ sender }) => sender === 'agent').length;
  const before = ofAgents();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const stop = chat.state.subscribe(({ status }) => {
    if (ofAgents() > before) resolve(true);
    else if (status === 'closed') resolve(false);
  });
  const patience = new AbortController();
  const over = pause(PATIENCE, false, { signal: AbortSignal.any([signal, patience.signal]) });
  try {
    return await Promise.race([promise, over]);
  } finally {
    stop();
    // Whoever has been answered waits no longer; the pause that ends so tells nobody.
    over.catch(() => undefined);
    patience.abort();
  }
}
