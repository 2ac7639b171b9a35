import { startCutProxy } from '../cut-proxy.ts';
import { connectSocket, ended, type TestSocket } from '../live-socket.ts';
import { loginAdmin } from '../people.ts';
import { rest } from '../rest.ts';
import { againstProcess } from './against-server.ts';
import type { Display } from './display.ts';
import type { Fault, FaultOptions } from './fault.ts';
import type { History } from './history.ts';
import { inBatches } from './in-batches.ts';
import { openFilesAllowed } from './process-figures.ts';
import { messagesAfter, openRecordedChat, say, type RecordedChat } from './recorded-chat.ts';

/** So many chats are opened, and connections made, at once before the drop; after it all come at once. */
const AT_ONCE = 20;
/** A connection here is a client's and both of the proxy's; besides, there is the rest of the program. */
const FILES = { each: 3, others: 500 };
/** Who finds no way through tries again after this time, in milliseconds. */
const PAUSE = 100;

const clientsOf = ({ size, rounds }: FaultOptions): number => rounds ?? (size === 'long' ? 2_000 : 60);

/** A customer's device that keeps what it is shown. */
interface Device extends RecordedChat {
  socket: TestSocket;
  messages: Display['messages'];
}

/** All connections break at once and all come back at once; each catches up with what was written meanwhile. */
export const droppedAtOnce: Fault = {
  name: 'all clients dropped at once',
  missing(options) {
    const [needed, allowed] = [FILES.each * clientsOf(options) + FILES.others, openFilesAllowed()];
    return needed > allowed ? `it needs ${needed} open files: ulimit -n ${needed} (now ${allowed})` : null;
  },
  run: (options) =>
    againstProcess(async ({ url }, history) => {
      const proxy = await startCutProxy({ host: '127.0.0.1', port: Number(new URL(url).port) });
      const shaky = `http://127.0.0.1:${proxy.port}`;
      try {
        const numbers = Array.from({ length: clientsOf(options) }, (_, at) => at);
        const agent = await connectSocket(url, (await loginAdmin(url)).token);
        const chats = await inBatches(numbers, AT_ONCE, async () => {
          const chat = await openRecordedChat(url, history);
          await agent.send('assign_chat', { chatId: chat.chatId });
          return chat;
        });
        const devices = await inBatches(chats, AT_ONCE, async (chat): Promise<Device> => {
          const device = { ...chat, socket: await connectSocket(shaky, chat.visitor.token), messages: [] };
          await catchUp(device);
          return device;
        });
        const lost = Promise.all(devices.map(({ socket }) => ended(socket)));
        proxy.cut();
        await lost;
        await inBatches(chats, AT_ONCE, (chat) => writeElsewhere(url, chat, history));
        const startedAt = performance.now();
        await proxy.mend();
        await Promise.all(devices.map((device) => comeBack(shaky, device, history)));
        const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
        for (const socket of [agent, ...devices.map((device) => device.socket)]) socket.close();
        return { displays: devices, note: `${devices.length} were back and caught up after ${seconds} s` };
      } finally {
        proxy.stop();
      }
    }),
};

async function catchUp(device: Device): Promise<void> {
  const { socket, chatId, messages } = device;
  device.messages = [...messages, ...(await messagesAfter(socket, chatId, messages))];
}

/** The same customer writes on another device, which is not dropped. */
async function writeElsewhere(
  url: string,
  { visitor, chatId }: RecordedChat,
  history: History,
): Promise<void> {
  const body = { message: 'from elsewhere', clientMessageId: crypto.randomUUID() };
  history.attempt(body.clientMessageId);
  const { data, error } = await rest(url, `POST /api/chats/${chatId}/messages`, {
    token: visitor.token,
    body,
  });
  if (error) throw new Error(`refused: ${error.message}`);
  history.acknowledge({ ...body, chatId, seq: Number(data['seq']), content: body.message });
}

/** Connects again, catches up, and says something. */
async function comeBack(url: string, device: Device, history: History): Promise<void> {
  const { visitor } = device;
  for (;;) {
    const socket = await connectSocket(url, visitor.token).catch(() => null);
    if (socket) {
      device.socket = socket;
      break;
    }
    await Bun.sleep(PAUSE);
  }
  await catchUp(device);
  await say(device.socket, device, 'back again', history);
  await catchUp(device);
}
