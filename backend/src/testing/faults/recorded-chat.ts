import { connectSocket } from '../live-socket.ts';
import { createChat, createVisitor, type Person } from '../people.ts';
import type { Display } from './display.ts';
import type { History } from './history.ts';

/** A customer with an open chat, whose first message the history knows. */
export interface RecordedChat {
  visitor: Person;
  chatId: string;
}

/** @example const { visitor, chatId } = await openRecordedChat(server.url, history); */
export async function openRecordedChat(url: string, history: History): Promise<RecordedChat> {
  const visitor = await createVisitor(url);
  const clientMessageId = crypto.randomUUID();
  history.attempt(clientMessageId);
  const chatId = await createChat(url, visitor, { message: 'first', clientMessageId });
  history.acknowledge({ chatId, clientMessageId, seq: 1, content: 'first' });
  return { visitor, chatId };
}

/** What a program that has nothing yet is shown of a chat, page by page. */
export async function fetchDisplay(url: string, { visitor, chatId }: RecordedChat): Promise<Display> {
  const socket = await connectSocket(url, visitor.token);
  const messages: Display['messages'][number][] = [];
  for (let goOn = true; goOn;) {
    const { data } = await socket.send('sync_chat', { chatId, afterSeq: messages.at(-1)?.seq ?? 0 });
    messages.push(...(data.messages ?? []));
    goOn = data['hasMore'] === true;
  }
  socket.close();
  return { chatId, messages };
}
