import type { ChatState, ChatStore } from '@wzatco/sdk';
import { startCutProxy } from '../cut-proxy.ts';
import { isSettled, signedIn } from '../live-clients.ts';
import { connectSocket, type TestSocket } from '../live-socket.ts';
import { createPerson, loginAdmin, PASSWORD } from '../people.ts';
import { ADMIN } from '../start-test-server.ts';
import { until } from '../until.ts';
import { againstProcess } from './against-server.ts';
import type { Display } from './display.ts';
import type { Fault } from './fault.ts';
import type { History } from './history.ts';
import { inBatches } from './in-batches.ts';
import { memoryOf } from './process-figures.ts';
import { fetchDisplay, openRecordedChat, say, type RecordedChat } from './recorded-chat.ts';

/** Almost as long as a message may be; three bytes a character on the line. */
const TEXT = '€'.repeat(9_980);
/** So many messages are on their way at once. */
const AT_ONCE = 20;
/**
 * How many megabytes are written while everybody reads, and while some do not; and how many bare devices are paused
 * besides the agent's client, so that what they cost shows in the memory. 48 MB is more than a connection on its own
 * machine holds: Linux keeps up to 32 MB to be read and 4 MB to be sent (tcp_rmem, tcp_wmem), the server 4 MB.
 */
const SIZES = {
  short: { usual: 2, outstanding: 48, devices: 0 },
  long: { usual: 60, outstanding: 60, devices: 4 },
};
/** So many megabytes more than usual may the server hold: half of what is outstanding in the long form. */
const MOST_MORE = 150;
/** Catching up with all of it may take so long, in milliseconds. */
const CATCHING_UP = 120_000;
const MEGABYTE = 1_000_000;

/** An agent's devices stop reading while much is written to them; a colleague who watches is not disturbed. */
export const pausedConsumer: Fault = {
  name: 'a paused consumer',
  run: ({ size }) =>
    againstProcess(async ({ url, pid }, history) => {
      const { usual, outstanding, devices } = SIZES[size];
      const proxy = await startCutProxy({ host: '127.0.0.1', port: Number(new URL(url).port) });
      const paused = `http://127.0.0.1:${proxy.port}`;
      try {
        const person = await createPerson(url, await loginAdmin(url));
        const chat = await openRecordedChat(url, history);
        const agent = await signedIn(paused, person.email, PASSWORD);
        const colleague = await signedIn(url, ADMIN.email, ADMIN.password);
        await agent.chats.assign(chat.chatId);
        const [theirs, others] = [agent.chats.open(chat.chatId), colleague.chats.open(chat.chatId)];
        const bare = await Promise.all(
          Array.from({ length: devices }, () => watch(paused, person.token, chat)),
        );
        const writer = await connectSocket(url, chat.visitor.token);
        const write = (megabytes: number) =>
          writeMuch(writer, chat, history, megabytes, () => memoryOf(pid() ?? 0) / MEGABYTE);
        const all = (store: ChatStore) => seen(store, history.acknowledged);

        const before = await write(usual);
        await Promise.all([theirs, others].map(all));
        proxy.pause();
        const cost = Math.max(0, (await write(outstanding)) - before);
        // Nobody has to wait for those who do not read.
        await all(others);
        const states = new Set<string>();
        agent.connection.subscribe((state) => states.add(state));
        proxy.resume();
        const displays = [await all(theirs), await all(others), await fetchDisplay(url, chat)];

        for (const { raw } of [writer, ...bare]) raw.disconnect();
        return {
          displays,
          faults: [
            ...(states.has('reconnecting') ? [] : ['the connection that did not read was not closed']),
            ...(cost > MOST_MORE ? [`the server holds ${cost.toFixed(0)} MB more than usual`] : []),
          ],
          note: `${outstanding} MB outstanding to each of ${devices + 1}, ${cost.toFixed(0)} MB more memory than usual`,
        };
      } finally {
        proxy.stop();
      }
    }),
};

async function watch(url: string, token: string, { chatId }: RecordedChat): Promise<TestSocket> {
  const socket = await connectSocket(url, token);
  await socket.send('watch_chat', { chatId });
  return socket;
}

/** Writes so many megabytes; returns the most that `measure` said meanwhile. */
async function writeMuch(
  writer: TestSocket,
  chat: RecordedChat,
  history: History,
  megabytes: number,
  measure: () => number,
): Promise<number> {
  const numbers = Array.from(
    { length: Math.ceil((megabytes * MEGABYTE) / (3 * TEXT.length)) },
    (_, at) => at,
  );
  const measured = await inBatches(numbers, AT_ONCE, async (number) => {
    await say(writer, chat, `${number} ${TEXT}`, history);
    return number % AT_ONCE === 0 ? measure() : 0;
  });
  return Math.max(...measured);
}

/** What a client shows when it has everything up to a number. */
async function seen({ id, state }: ChatStore, lastSeq: number): Promise<Display> {
  const hasAll = (now: ChatState) => isSettled(now) && now.lastSeq >= lastSeq;
  return { chatId: id, messages: (await until(state, hasAll, CATCHING_UP)).messages };
}
