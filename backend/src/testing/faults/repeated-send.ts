import { connectSocket } from '../live-socket.ts';
import { rest } from '../rest.ts';
import { againstServer } from './against-server.ts';
import type { Fault } from './fault.ts';
import { fetchDisplay, openRecordedChat } from './recorded-chat.ts';

/** So many messages are sent so often each. */
const MESSAGES = 10;

/** One message sent again and again, at once, on two connections and over HTTP. */
export const repeatedSend: Fault = {
  name: 'the same message on two sockets and over HTTP, at once',
  run: ({ size, rounds = size === 'long' ? 1_000 : 60 }) =>
    againstServer(async ({ url }, history) => {
      const chat = await openRecordedChat(url, history);
      const { visitor, chatId } = chat;
      const sockets = [await connectSocket(url, visitor.token), await connectSocket(url, visitor.token)];
      const faults: string[] = [];
      const overHttp = (body: object) =>
        rest(url, `POST /api/chats/${chatId}/messages`, { token: visitor.token, body });
      const send = async (way: number, message: string, clientMessageId: string): Promise<string> => {
        const input = { message, clientMessageId };
        const socket = sockets[way];
        const { data, error } = await (socket?.send('send_message', { chatId, ...input }) ?? overHttp(input));
        if (error?.code === 'UNAVAILABLE') {
          await Bun.sleep(Number(error.details?.['retryAfterMs']));
          return send(way, message, clientMessageId);
        }
        if (error) throw new Error(`refused: ${error.message}`);
        history.acknowledge({ chatId, clientMessageId, seq: Number(data['seq']), content: message });
        return JSON.stringify(data);
      };
      for (let number = 1; number <= MESSAGES; number += 1) {
        const id = crypto.randomUUID();
        history.attempt(id);
        const sends = Array.from({ length: rounds }, (_, at) => send(at % 3, `message ${number}`, id));
        const answers = new Set(await Promise.all(sends));
        if (answers.size > 1) faults.push(`answered differently: ${[...answers].join(' ')}`);
      }
      for (const socket of sockets) socket.close();
      const note = `${MESSAGES} messages, ${rounds} times each`;
      return { displays: [await fetchDisplay(url, chat)], faults, note };
    }),
};
