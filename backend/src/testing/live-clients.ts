import {
  createAgentClient,
  createVisitorClient,
  type AgentClient,
  type ChatState,
  type ChatStore,
  type VisitorClient,
} from '@wzatco/sdk';
import { loginAdmin, PASSWORD } from './people.ts';
import { rest } from './rest.ts';
import { until } from './until.ts';

/** A customer and an agent in one chat, each with a client of their own. */
export interface Conversation {
  visitor: VisitorClient;
  agent: AgentClient;
  customerChat: ChatStore;
  agentChat: ChatStore;
  /** The agent's, for another login. */
  email: string;
}

const created: { stop(): void }[] = [];

/** A visitor's client that is not started. */
export function newVisitor(url: string): VisitorClient {
  const client = createVisitorClient({ server: url, site: 'default', storage: 'memory' });
  created.push(client);
  return client;
}

/** An agent's client that is not signed in. */
export function newAgent(url: string): AgentClient {
  const client = createAgentClient({ server: url, storage: 'memory' });
  created.push(client);
  return client;
}

/** An agent's client that is signed in and connected. */
export async function signedIn(url: string, email: string, password: string = PASSWORD) {
  const client = newAgent(url);
  await client.auth.login({ email, password });
  await until(client.connection, (state) => state === 'online');
  return client;
}

/**
 * The e-mail address of the agent of this name, who is made where there is none.
 * The server alone knows who there is: addresses of servers come again, with other people behind them.
 */
export async function inviteAgent(url: string, name: string): Promise<string> {
  const { token } = await loginAdmin(url);
  const email = `${name.toLowerCase().replaceAll(' ', '-')}@example.com`;
  const body = { email, name, role: 'agent', password: PASSWORD };
  const { status, error } = await rest(url, 'POST /api/users', { token, body });
  if (status !== 201 && status !== 409) throw new Error(`the agent was not made: ${error?.message}`);
  return email;
}

/** An agent of this name, signed in. */
export async function hireAgent(url: string, name: string) {
  const email = await inviteAgent(url, name);
  const agent = await signedIn(url, email);
  return { id: agent.session.get().user?.id ?? '', email, agent };
}

/** A customer's chat that an agent has claimed; complete on both sides. The agent may use another way to the server. */
export async function converse(url: string, agentUrl = url): Promise<Conversation> {
  const { agent, email } = await hireAgent(agentUrl, 'Anna Agent');
  const visitor = newVisitor(url);
  const customerChat = await visitor.openChat({ name: 'Carla', message: 'Hello?' });
  // A slow server opens it in the background.
  await until(customerChat.state, isSettled);
  await agent.chats.assign(customerChat.id);
  const agentChat = agent.chats.open(customerChat.id);
  await until(customerChat.state, (state) => state.status === 'active' && isSettled(state));
  await until(agentChat.state, (state) => state.status === 'active' && isSettled(state));
  return { visitor, agent, customerChat, agentChat, email };
}

/** Everything is here, and everything written has reached the server. */
export function isSettled({ loading, stale, messages }: ChatState): boolean {
  return !loading && !stale && messages.every(({ seq }) => seq !== null);
}

/** What the chat shows, a line per message. */
export function linesOf({ messages }: Pick<ChatState, 'messages'>): string[] {
  return messages.map(({ seq, sender, content }) => `${seq} ${sender}: ${content}`);
}

/** Stops all clients made here. */
export function stopClients(): void {
  for (const client of created.splice(0)) client.stop();
}
