import { parentPort, workerData } from 'node:worker_threads';
import { createAgentClient, createVisitorClient, type ChatState, type ChatStore } from '@wzatco/sdk';
import { isSettled } from '../../live-clients.ts';
import { until } from '../../until.ts';
import type { Answers, Order, Wish } from './clocked-person.ts';

/** A thread of its own, since the clock is the whole thread's: one person's device. */
const { url, email, password } = workerData as { url: string; email: string | null; password: string };
/** Hundreds of messages, one after another, are stored so soon, in milliseconds. */
const PATIENCE = 60_000;
const trueNow = Date.now.bind(Date);
let offset = 0;
Date.now = () => trueNow() + offset;

const visitor =
  email === null ? createVisitorClient({ server: url, site: 'default', storage: 'memory' }) : null;
const agent = email === null ? null : createAgentClient({ server: url, storage: 'memory' });
let store: ChatStore | null = null;

function chat(): ChatStore {
  if (!store) throw new Error('there is no chat yet');
  return store;
}

const obey: { [Name in keyof Answers]: (order: Order<Name>) => Promise<Answers[Name]> } = {
  async clock({ hours }) {
    offset = hours * 3_600_000;
  },
  async open() {
    store = (await visitor?.openChat({ name: 'Carla', message: 'Hello?' })) ?? null;
    await until(chat().state, isSettled);
    return chat().id;
  },
  async claim({ chatId }) {
    await agent?.auth.login({ email: email ?? '', password });
    await agent?.chats.assign(chatId);
    store = agent?.chats.open(chatId) ?? null;
    await until(chat().state, (state) => state.status === 'active' && isSettled(state));
  },
  send: async ({ texts }) => texts.map((text) => chat().send(text)),
  async type() {
    chat().setTyping(true);
  },
  async look() {
    await visitor?.config();
    await agent?.departments.list();
  },
  async seeTyping({ count }) {
    await until(chat().state, ({ typing }) => typing.length === count);
  },
  async see({ lastSeq }) {
    const isThere = (state: ChatState) => state.lastSeq >= lastSeq && isSettled(state);
    const { messages } = await until(chat().state, isThere, PATIENCE);
    return messages.map(({ key, seq, content, mine }) => ({ key, seq, content, mine }));
  },
  async stop() {
    visitor?.stop();
    agent?.stop();
  },
};

parentPort?.on('message', ({ id, name, order }: Wish) => {
  // The map pairs each order with its own answer; its type cannot say so.
  const run = obey[name] as (order: unknown) => Promise<unknown>;
  run(order).then(
    (value) => parentPort?.postMessage({ id, value }),
    (error: unknown) => parentPort?.postMessage({ id, error: String(error) }),
  );
});
