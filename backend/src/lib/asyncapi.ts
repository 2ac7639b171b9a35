import type { ClientEventTable, ServerEventTable } from '@wzatco/sdk/contract';
import { PROTOCOL, SOCKET_PATH } from '@wzatco/sdk/contract/constants';
import { describeAccess, describeSchema, type Json } from './describe-schema.ts';

const DESCRIPTION = `The live side of WZATCO: events over [Socket.IO](https://socket.io) 4, on the same port as the REST API.

\`\`\`js
// npm install socket.io-client

const socket = io('https://support.example.com', {
  transports: ['websocket', 'polling'],
  auth: { token, protocol: ${PROTOCOL} },
});
socket.on('new_message', (message) => console.log(message.seq, message.content));
const answer = await socket.timeout(8000).emitWithAck('send_message', { chatId, message: 'Hello', clientMessageId });
\`\`\`

\`token\` is that of \`POST /api/auth/login\` or of \`POST /api/widget/session\`; a refused one is a \`connect_error\` with
\`data.code\`. Who sends is what the token says: \`agentName\`, \`senderName\`, \`userName\` and \`closedBy\` are ignored
in every payload, and a \`userType\` or \`agentId\` that is not one's own is \`FORBIDDEN\`. Every event that a client sends is acknowledged with \`{"success": true, "data": …}\` or
\`{"success": false, "error": {"code", "message", "details"?}}\`, as in REST.

A message is acknowledged once it is stored; sending it again under the same \`clientMessageId\` stores nothing new.
After a gap in \`seq\`, and after each reconnection, ask with \`sync_chat\` for what is missing. \`@wzatco/sdk\` does all that.`;

/**
 * Prints the contract's events as an AsyncAPI 3.0 document, a channel for each event; returns what adds the server's
 * own address, e.g. `https://support.example.com`.
 */
export function printAsyncApi(
  clientTables: readonly ClientEventTable[],
  serverTables: readonly ServerEventTable[],
  version: string,
): (origin: string) => Json {
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'WZATCO live events', version, description: DESCRIPTION },
    defaultContentType: 'application/json',
    channels: {} as Record<string, Json>,
    operations: {} as Record<string, Json>,
  };
  for (const [name, event] of clientTables.flatMap((table) => Object.entries(table))) {
    const { summary } = event;
    document.channels[name] = {
      address: name,
      title: name,
      description: `${summary}\n\n${describeAccess(event.access)}`,
      messages: {
        payload: { name, title: name, summary, payload: describeSchema(event.payload, 'input') },
        acknowledgement: {
          name: `${name}_ack`,
          title: `Acknowledgement of ${name}: data`,
          payload: describeSchema(event.reply, 'output'),
        },
      },
    };
    document.operations[`to_server_${name}`] = {
      action: 'receive',
      title: 'Sent by the client',
      channel: ref(name),
      messages: [ref(name, 'payload')],
      reply: { channel: ref(name), messages: [ref(name, 'acknowledgement')] },
    };
  }
  for (const [name, { summary, payload }] of serverTables.flatMap((table) => Object.entries(table))) {
    const channel = document.channels[name] ?? {
      address: name,
      title: name,
      description: summary,
    };
    const messages = (channel['messages'] ?? {}) as Json;
    const told = { name, title: name, summary, payload: describeSchema(payload, 'output') };
    document.channels[name] = { ...channel, messages: { ...messages, told } };
    document.operations[`to_client_${name}`] = {
      action: 'send',
      title: 'Sent by the server',
      channel: ref(name),
      messages: [ref(name, 'told')],
    };
  }
  return (origin) => ({ ...document, servers: { socket: addressOf(origin) } });
}

function addressOf(origin: string): Json {
  const { protocol, host } = new URL(origin);
  return { host, pathname: SOCKET_PATH, protocol: protocol === 'https:' ? 'wss' : 'ws' };
}

function ref(channel: string, message?: string): { $ref: string } {
  return { $ref: `#/channels/${channel}${message ? `/messages/${message}` : ''}` };
}
