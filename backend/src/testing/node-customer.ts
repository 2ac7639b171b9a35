import { createVisitorClient } from '@wzatco/sdk';

/** A program for Node.js: a customer who greets, and leaves when they have got an answer. */
const client = createVisitorClient({
  server: process.env['SERVER'] ?? '',
  site: 'default',
  storage: 'memory',
});
await client.start();
const chat = await client.openChat({ name: 'Nora', message: 'Hello from Node.js' });
process.stdout.write(`${chat.id}\n`);
client.connection.subscribe((state) => process.stderr.write(`${state}\n`));
chat.state.subscribe(({ messages }) => {
  const answer = messages.find(({ sender }) => sender === 'agent');
  if (!answer) return;
  process.stdout.write(`${answer.seq} ${answer.content}\n`);
  client.stop();
});
