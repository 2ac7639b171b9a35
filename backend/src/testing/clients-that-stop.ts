import { createAgentClient, createVisitorClient } from '@wzatco/sdk';
import { until } from './until.ts';

/** A program of its own: two busy clients stop; what they leave running keeps the program from its end. */
const { SERVER: server = '', EMAIL: email = '', PASSWORD: password = '' } = process.env;
const agent = createAgentClient({ server, storage: 'memory' });
const visitor = createVisitorClient({ server, site: 'default', storage: 'memory' });
await agent.auth.login({ email, password });
const customerChat = await visitor.openChat({ name: 'Carla', message: 'Hello?' });
// A chat may be opened over HTTP before the socket is there, and typing is told to nobody then.
for (const { connection } of [agent, visitor]) await until(connection, (state) => state === 'online');
await agent.chats.assign(customerChat.id);
const agentChat = agent.chats.open(customerChat.id);
await until(agentChat.state, ({ lastSeq }) => lastSeq === 1);
customerChat.setTyping(true);
agentChat.setTyping(true);
await until(agentChat.state, ({ typing }) => typing.length === 1);
agentChat.send('On its way when all ends');
agent.stop();
visitor.stop();
process.stdout.write(`stopped ${Date.now()}\n`);
process.once('exit', () => process.stdout.write(`exits ${Date.now()}\n`));
