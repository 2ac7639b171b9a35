import { connectSocket, type TestSocket } from '../live-socket.ts';
import { createPerson, loginAdmin, type Person } from '../people.ts';
import { againstServer } from './against-server.ts';
import type { Fault } from './fault.ts';
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
      const { url, features } = server;
      const admin = await loginAdmin(url);
      const chats = await inBatches(Array.from({ length: rounds }), AT_ONCE, () =>
        openRecordedChat(url, history),
      );
      const agents = await Promise.all(['One', 'Other'].map((name) => hire(url, admin, name)));
      const faults = await inBatches(chats, AT_ONCE, async ({ chatId }, index) => {
        // Each is first with half of them.
        const order = index % 2 === 0 ? agents : agents.toReversed();
        const answers = await Promise.all(
          order.map(async (agent) => ({
            agent,
            answer: await agent.socket.send('assign_chat', { chatId }),
          })),
        );
        const winners = answers.filter(({ answer }) => answer.success);
        const refused = answers.filter(({ answer }) => answer.error?.code === 'CONFLICT');
        const [winner] = winners;
        if (!winner || winners.length !== 1 || refused.length !== 1) {
          return [
            `chat ${chatId} has ${winners.length} winners: ${JSON.stringify(answers.map((one) => one.answer))}`,
          ];
        }
        const stored = await features.chat.chats.findById(chatId).lean();
        const named = [
          String(stored?.assignedAgentId),
          ...(await Promise.all(order.map((agent) => told(agent, chatId)))),
        ];
        await say(winner.agent.socket, { chatId }, 'How can I help?', history, 'agent_message');
        const wrong = named.filter((id) => id !== winner.agent.id);
        return wrong.length > 0
          ? [`chat ${chatId}: ${winner.agent.id} won it, and others are named: ${wrong.join()}`]
          : [];
      });
      for (const { socket } of agents) socket.close();
      const displays = await inBatches(chats, AT_ONCE, (chat) => fetchDisplay(url, chat));
      return { displays, faults: faults.flat(), note: `${rounds} chats` };
    }),
};

async function hire(url: string, admin: Person, name: string): Promise<Agent> {
  const person = await createPerson(url, admin, { name });
  return { ...person, socket: await connectSocket(url, person.token) };
}

/** Whose the chat is, as this agent's console was told. */
async function told({ socket }: Agent, chatId: string): Promise<string> {
  return String((await socket.hear('chat_assigned', (event) => event['chatId'] === chatId))['agentId']);
}
