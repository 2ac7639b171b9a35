import { connectSocket, type Acknowledgement, type TestSocket } from '../live-socket.ts';
import { createChat, createVisitor, type Person } from '../people.ts';
import type { Display } from './display.ts';
import type { History } from './history.ts';

/** A customer with an open chat, whose first message the history knows. */
export interface RecordedChat {
  visitor: Person;
  chatId: string;
}

/** Silence, as an answer. */
const BUSY: Acknowledgement = {
  success: false,
  data: {},
  error: { code: 'UNAVAILABLE', message: 'no answer' },
};

/** @example const { visitor, chatId } = await openRecordedChat(server.url, history); */
export async function openRecordedChat(url: string, history: History): Promise<RecordedChat> {
  const visitor = await createVisitor(url);
  const clientMessageId = crypto.randomUUID();
  history.attempt(clientMessageId);
  const chatId = await createChat(url, visitor, { message: 'first', clientMessageId });
  history.acknowledge({ chatId, clientMessageId, seq: 1, content: 'first' });
  return { visitor, chatId };
}

/**
 * Asks until there is an answer other than that the server is too busy, as every client does.
 *
 * @throws an Error where it is refused for another reason, or the connection is lost.
 */
async function ask(socket: TestSocket, event: string, payload: object): Promise<Acknowledgement['data']> {
  for (;;) {
    const { data, error } = await socket.send(event, payload).catch((cause: unknown) => {
      if (!socket.raw.connected) throw new Error('the connection was lost', { cause });
      return BUSY;
    });
    if (!error) return data;
    if (error.code !== 'UNAVAILABLE') throw new Error(`refused: ${error.message}`);
    await Bun.sleep(Number(error.details?.['retryAfterMs'] ?? 0) * (1 + Math.random()));
  }
}

/** Says something by a connection of the chat's customer (or of its agent), known to the history. */
export async function say(
  socket: TestSocket,
  { chatId }: Pick<RecordedChat, 'chatId'>,
  message: string,
  history: History,
  event: 'send_message' | 'agent_message' = 'send_message',
): Promise<void> {
  const clientMessageId = crypto.randomUUID();
  history.attempt(clientMessageId);
  const data = await ask(socket, event, { chatId, message, clientMessageId });
  history.acknowledge({ chatId, clientMessageId, seq: Number(data['seq']), content: message });
}

/** What a chat has after the last of these messages, page by page. */
export async function messagesAfter(
  socket: TestSocket,
  chatId: string,
  known: Display['messages'] = [],
): Promise<Display['messages']> {
  const messages = [...known];
  for (let goOn = true; goOn;) {
    const data = await ask(socket, 'sync_chat', { chatId, afterSeq: messages.at(-1)?.seq ?? 0 });
    messages.push(...(data.messages ?? []));
    goOn = data['hasMore'] === true;
  }
  return messages.slice(known.length);
}

/** What a program that has nothing yet is shown of a chat. */
export async function fetchDisplay(url: string, { visitor, chatId }: RecordedChat): Promise<Display> {
  const socket = await connectSocket(url, visitor.token);
  const messages = await messagesAfter(socket, chatId);
  socket.close();
  return { chatId, messages };
}
