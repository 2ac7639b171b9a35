import type { ChatState, ChatStore } from '@wzatco/sdk';
import { RETRYABLE_CODES, TIMES } from '@wzatco/sdk/contract/constants';
import { converse, isSettled, newVisitor, signedIn } from '../live-clients.ts';
import { connectSocket, type TestSocket } from '../live-socket.ts';
import { ADMIN } from '../start-test-server.ts';
import { until } from '../until.ts';
import type { Display } from './display.ts';
import type { History } from './history.ts';
import { fetchDisplay, openRecordedChat } from './recorded-chat.ts';

/** Somebody who writes without end, through every crash of the server. */
export interface Talker {
  /** The chat that they write in. */
  readonly chatId: string;
  /** The server is there (again). */
  serverIsUp(): Promise<void>;
  /** How many of their messages have been acknowledged. */
  acknowledged(): number;
  /** Writes no more; resolves when all that they wrote has arrived. */
  finish(): Promise<void>;
  /**
   * What they see of their chat once they have caught up; a program that keeps no list fetches it.
   *
   * @param lastSeq Up to where: what they missed without noticing reaches them with the next heartbeat.
   */
  display(lastSeq: number): Promise<Display>;
}

/** So many messages of one client are on their way at a time. */
const IN_FLIGHT = 3;
const SOCKET_IN_FLIGHT = 8;
const RETRYABLE: readonly string[] = RETRYABLE_CODES;
/** How long a program waits before it repeats what the server could not take, in milliseconds. */
const REST = 100;
/** What a client missed without noticing it learns from the next heartbeat, in milliseconds. */
const HEALING = 3 * TIMES.heartbeat;

/** A customer and an agent in one chat, each with the SDK's client: outbox, retries and catching up are its own. */
export async function talkByClients(url: string, history: History, agentUrl = url): Promise<Talker[]> {
  const { customerChat, agentChat } = await converse(url, agentUrl);
  return [talkByClient(customerChat, history), talkByClient(agentChat, history)];
}

/** A customer who waits for an agent and writes meanwhile. */
export async function talkAlone(url: string, history: History): Promise<Talker> {
  const chat = await newVisitor(url).openChat({ name: 'Walter', message: 'Hello?' });
  return talkByClient(chat, history);
}

function talkByClient(chat: ChatStore, history: History): Talker {
  const mine = new Set<string>();
  const arrived = new Set<string>();
  let isTalking = true;
  let count = 0;
  const look = (): void => {
    for (const { key, clientMessageId, mine: isMine, seq, content, state } of chat.state.get().messages) {
      if (clientMessageId !== null) history.attempt(clientMessageId);
      if (state === 'failed') history.report(`given up: '${content}'`);
      if (!isMine || seq === null || arrived.has(key)) continue;
      arrived.add(key);
      history.acknowledge({ chatId: chat.id, clientMessageId: key, seq, content });
    }
    const waiting = [...mine].filter((key) => !arrived.has(key)).length;
    if (!isTalking) return;
    for (let free = IN_FLIGHT - waiting; free > 0; free -= 1) {
      count += 1;
      const key = chat.send(`message ${count} of ${chat.id}`);
      mine.add(key);
      history.attempt(key);
    }
  };
  // What follows a change happens after it, not within.
  const unsubscribe = chat.state.subscribe(() => queueMicrotask(look));
  return {
    get chatId() {
      return chat.id;
    },
    serverIsUp: async () => undefined,
    acknowledged: () => arrived.size,
    async finish() {
      isTalking = false;
      await until(chat.state, (state) => isSettled(state) || hasFailed(state), HEALING);
      look();
      unsubscribe();
    },
    display: (lastSeq) => displayOf(chat, lastSeq),
  };
}

const hasFailed = ({ messages }: ChatState): boolean => messages.some(({ state }) => state === 'failed');

/** Somebody who only looks on, with the client of an admin. */
export async function lookOn(url: string, chatId: string): Promise<Talker> {
  const client = await signedIn(url, ADMIN.email, ADMIN.password);
  const chat = client.chats.open(chatId);
  await until(chat.state, isSettled);
  return {
    chatId,
    serverIsUp: async () => undefined,
    acknowledged: () => 0,
    finish: async () => undefined,
    display: (lastSeq) => displayOf(chat, lastSeq),
  };
}

/** What is shown once everything up to a number is there. */
async function displayOf(chat: ChatStore, lastSeq: number): Promise<Display> {
  const isCaughtUp = (state: ChatState) => (isSettled(state) || hasFailed(state)) && state.lastSeq >= lastSeq;
  const { messages } = await until(chat.state, isCaughtUp, HEALING);
  return { chatId: chat.id, messages };
}

/** A program with a bare socket: what was not acknowledged it sends again under the same id. */
export async function talkBySocket(url: string, history: History): Promise<Talker> {
  const chat = await openRecordedChat(url, history);
  const { visitor, chatId } = chat;
  const pending = new Map<string, string>();
  let socket: TestSocket | null = null;
  let isTalking = true;
  let count = 0;
  let arrived = 0;
  let onEmpty = (): void => undefined;

  const send = (clientMessageId: string, message: string): void => {
    socket?.raw.emit('send_message', { chatId, message, clientMessageId }, (answer: Answer) => {
      if (!answer.success) return refused(clientMessageId, message, answer.error);
      history.acknowledge({ chatId, clientMessageId, seq: answer.data.seq, content: message });
      if (pending.delete(clientMessageId)) arrived += 1;
      if (isTalking) write();
      else if (pending.size === 0) onEmpty();
    });
  };
  const refused = (id: string, message: string, error: Answer['error']): void => {
    if (!RETRYABLE.includes(error.code)) return history.report(`refused: ${error.message}`);
    const mine = socket;
    setTimeout(() => {
      if (socket === mine && pending.has(id)) send(id, message);
    }, REST);
  };
  const write = (): void => {
    count += 1;
    const [id, message] = [crypto.randomUUID(), `message ${count} of ${chatId}`];
    pending.set(id, message);
    history.attempt(id);
    send(id, message);
  };
  return {
    chatId,
    async serverIsUp() {
      socket?.close();
      socket = await connectSocket(url, visitor.token);
      for (const [id, message] of pending) send(id, message);
      while (pending.size < SOCKET_IN_FLIGHT) write();
    },
    acknowledged: () => arrived,
    async finish() {
      isTalking = false;
      if (pending.size > 0) await new Promise<void>((resolve) => (onEmpty = resolve));
      socket?.close();
    },
    display: () => fetchDisplay(url, chat),
  };
}

interface Answer {
  success: boolean;
  data: { seq: number };
  error: { code: string; message: string };
}
