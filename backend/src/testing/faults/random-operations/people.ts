import {
  createAgentClient,
  createVisitorClient,
  type AgentClient,
  type ChatStore,
  type VisitorClient,
} from '@wzatco/sdk';
import { hireAgent, signedIn } from '../../live-clients.ts';
import { PASSWORD } from '../../people.ts';
import { ADMIN } from '../../start-test-server.ts';
import { until } from '../../until.ts';
import { openWay, type Way } from '../way.ts';

/** One of the two who talk: their client behind a way of their own, on a device that keeps what it stores. */
export interface Talker {
  way: Way;
  client(): VisitorClient | AgentClient;
  /** The chat on their screen. */
  store(): ChatStore | null;
  /** Ends the client; another one begins with what the device has kept. */
  reload(): Promise<void>;
  /** Goes on where a page would by itself, or by its person's hand: everything works again. */
  comeBack(): Promise<void>;
  stop(): void;
}

export interface Customer extends Talker {
  client(): VisitorClient;
  /** A client that shares the device, and has fetched nothing yet. */
  anotherTab(): VisitorClient;
}

export interface Agent extends Talker {
  client(): AgentClient;
  /** Has this chat open from now on. */
  watch(chatId: string): void;
  /** Has none open any more, a way that works, and a device that keeps nothing. */
  leave(): Promise<void>;
}

/** Everybody else at the desk; their ways are never cut. */
export interface Staff {
  /** The same person as the agent who talks, on another device. */
  elsewhere: AgentClient;
  colleague: AgentClient;
  colleagueId: string;
  boss: AgentClient;
}

/** A customer who has not written yet. */
export async function newCustomer(serverUrl: string): Promise<Customer> {
  const way = await openWay(serverUrl);
  const create = () => createVisitorClient({ server: way.url, site: 'default' });
  let client = create();
  return {
    way,
    client: () => client,
    store: () => client.chat.get(),
    anotherTab: create,
    async reload() {
      client.stop();
      await pageLoads();
      client = create();
      // Without a way it goes on by itself, as soon as there is one.
      client.start().catch(() => undefined);
    },
    async comeBack() {
      await way.mend();
      await persist(() => client.start());
      await until(client.connection, (state) => state === 'online');
    },
    stop() {
      client.stop();
      way.stop();
    },
  };
}

/** No page is back within the same millisecond, by which its clock tells what was written first. */
const pageLoads = () => Bun.sleep(2);

/** Once more where it fails: it may have shared an attempt that began while there was no way. */
async function persist(task: () => Promise<unknown>): Promise<void> {
  await task().catch(task);
}

/** An agent who sees all departments, signed in by password once and by the cookie from then on. */
export async function gatherDesk(serverUrl: string): Promise<{ agent: Agent; staff: Staff }> {
  const way = await openWay(serverUrl);
  const boss = await signedIn(serverUrl, ADMIN.email, ADMIN.password);
  const { id, email, agent: elsewhere } = await hireAgent(serverUrl, 'Anna');
  const { id: colleagueId, agent: colleague } = await hireAgent(serverUrl, 'Bert');
  for (const each of [id, colleagueId]) await boss.users.update(each, { permissions: ['departments:all'] });
  // Whose rights have changed comes back with a new connection.
  await until(colleague.connection, (state) => state !== 'online');
  await until(colleague.connection, (state) => state === 'online');
  await colleague.setPresence('online');
  const create = () => createAgentClient({ server: way.url });
  let client = create();
  let watched: ChatStore | null = null;
  await client.auth.login({ email, password: PASSWORD });
  const agent: Agent = {
    way,
    client: () => client,
    store: () => watched,
    watch(chatId) {
      watched?.dispose();
      watched = client.chats.open(chatId);
    },
    async reload() {
      const chatId = watched?.id;
      client.stop();
      await pageLoads();
      client = create();
      client.start().catch(() => undefined);
      if (chatId) watched = client.chats.open(chatId);
    },
    async leave() {
      await way.mend();
      watched?.dispose();
      watched = null;
      localStorage.clear();
      await agent.reload();
    },
    async comeBack() {
      await way.mend();
      await persist(() => client.start());
      await until(client.connection, (state) => state === 'online');
    },
    stop() {
      client.stop();
      way.stop();
    },
  };
  return { agent, staff: { elsewhere, colleague, colleagueId, boss } };
}
