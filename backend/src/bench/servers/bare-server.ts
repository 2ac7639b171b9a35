/**
 * The bare reference: Socket.IO on the same engine with the same options, which acknowledges and forwards the same
 * bytes and keeps nothing. `bun bare-server.ts [all] [stores [alone]]`; `all`: sends everything that the product sends for
 * a message, the sender's other devices and the agents' lists too; `stores`: writes what the product writes, by hand;
 * `alone`: a commit for each message.
 */
import { join } from 'node:path';
import { LIMITS, SOCKET_PATH } from '@wzatco/sdk/contract/constants';
import { Server as Engine } from '@socket.io/bun-engine';
import { Server, type DefaultEventsMap } from 'socket.io';
import { BACKPRESSURE_BYTES } from '../../realtime.ts';
import { answerParent } from './answer-parent.ts';
import { RawStore } from './raw-store.ts';
import { sampleMessage, sampleUpdate } from './sample-events.ts';

const sendsAll = process.argv.includes('all');
const store = process.argv.includes('stores')
  ? new RawStore(
      join(process.env['DATA_DIR'] ?? '', 'wzatco.sqlite'),
      process.argv.includes('alone') ? 1 : Infinity,
    )
  : undefined;
const io = new Server<DefaultEventsMap, DefaultEventsMap>({ serveClient: false });
const engine = new Engine({ path: SOCKET_PATH, maxHttpBufferSize: LIMITS.socketPacketBytes });
io.bind(engine);

io.on('connection', (socket) => {
  // The token says the chat and the side: `chat/customer`.
  const [chatId = '', side = ''] = String(socket.handshake.auth['token']).split('/');
  const rooms = { customer: `${chatId}/customer`, agent: `${chatId}/agent` };
  const other = side === 'customer' ? rooms.agent : rooms.customer;
  void socket.join(side === 'customer' ? rooms.customer : rooms.agent);
  let seq = 0;
  const answer = async (
    payload: { message: string; clientMessageId: string },
    acknowledge: (answer: object) => void,
  ): Promise<void> => {
    seq += 1;
    if (store) await store.store(chatId, payload.clientMessageId);
    const message = sampleMessage(chatId, side, seq, payload);
    acknowledge({ success: true, data: message });
    io.to(sendsAll ? [rooms.customer, rooms.agent] : other).emit('new_message', message);
    if (sendsAll) io.to(rooms.agent).emit('chat_updated', sampleUpdate(message));
  };
  socket.on('send_message', answer);
  socket.on('agent_message', answer);
});

const { websocket } = engine.handler();
const listener = Bun.serve({
  port: 0,
  idleTimeout: 30,
  fetch: (request, server) => engine.handleRequest(request, server),
  websocket: { ...websocket, backpressureLimit: BACKPRESSURE_BYTES, closeOnBackpressureLimit: true },
});
answerParent(listener.port ?? 0);
