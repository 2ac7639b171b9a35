import { connectSocket, type TestSocket } from '../live-socket.ts';
import { createPerson, loginAdmin, type Person } from '../people.ts';
import type { TestServer } from '../start-test-server.ts';
import { againstServer } from './against-server.ts';
import type { Fault } from './fault.ts';
import type { History } from './history.ts';
import { inBatches } from './in-batches.ts';
import { fetchDisplay, openRecordedChat, say } from './recorded-chat.ts';

/** So many chats are opened or claimed at once. */
const AT_ONCE = 50;

interface Agent extends Person {
  socket: TestSocket;
}

/** Two agents claim the same chats at the same time: each chat has one winner, who was told so, and answers in it. */
export const rivalClaims: Fault = {
  name: 'two agents claim the same chats at once',
  run: ({ size, rounds = size === 'long' ? 1_000 : 60 }) =>
    againstServer(async (server, history) => {
      const { url } = server;
      const admin = await loginAdmin(url);
      const chats = await inBatches(Array.from({ length: rounds }), AT_ONCE, () =>
        openRecordedChat(url, history),
      );
      const agents = await Promise.all(['One', 'Other'].map((name) => hire(url, admin, name)));
      const faults = await inBatches(chats, AT_ONCE, ({ chatId }, index) =>
        // Each is first with half of them.
        contest(server, index % 2 === 0 ? agents : agents.toReversed(), chatId, history),
      );
      for (const { socket } of agents) socket.close();
      const displays = await inBatches(chats, AT_ONCE, (chat) => fetchDisplay(url, chat));
      return { displays, faults: faults.flat(), note: `${rounds} chats` };
    }),
};

/** All claim one chat. Returns what is wrong. */
async function contest(
  { features }: TestServer,
  agents: readonly Agent[],
  chatId: string,
  history: History,
): Promise<string[]> {
  const claim = ({ socket }: Agent) => socket.send('assign_chat', { chatId });
  const answers = await Promise.all(agents.map(claim));
  const winners = agents.filter((_, at) => answers[at]?.success);
  const refused = answers.filter(({ error }) => error?.code === 'CONFLICT');
  const [winner] = winners;
  if (!winner || winners.length !== 1 || refused.length !== agents.length - 1) {
    return [`chat ${chatId} has ${winners.length} winners: ${JSON.stringify(answers)}`];
  }
  const stored = await features.chat.chats.findById(chatId).lean();
  const consoles = await Promise.all(agents.map((agent) => told(agent, chatId)));
  await say(winner.socket, { chatId }, 'How can I help?', history, 'agent_message');
  const wrong = [String(stored?.assignedAgentId), ...consoles].filter((id) => id !== winner.id);
  return wrong.length > 0 ? [`${winner.id} won chat ${chatId}, and others are named: ${wrong.join()}`] : [];
}

async function hire(url: string, admin: Person, name: string): Promise<Agent> {
  const person = await createPerson(url, admin, { name });
  return { ...person, socket: await connectSocket(url, person.token) };
}

/** Whose the chat is, as this agent's console was told. */
async function told({ socket }: Agent, chatId: string): Promise<string> {
  return String((await socket.hear('chat_assigned', (event) => event['chatId'] === chatId))['agentId']);
}
