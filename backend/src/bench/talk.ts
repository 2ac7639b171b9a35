import type { Couple } from './desk.ts';
import { connectWire, type WireClient } from './wire-client.ts';

/** One side of a conversation: writes, and knows when the other side has it. */
export interface Writer {
  /** Resolves when a message is acknowledged and on the other side; with the milliseconds until each. */
  write(): Promise<{ acknowledged: number; delivered: number }>;
  readonly client: WireClient;
  readonly chatId: string;
}

const TEXT = 'Good morning, where is my parcel? It was to come on Tuesday.';
const MARK = '"clientMessageId":"';

/** The tokens by which the bare server knows who talks with whom. */
export function bareCouple(couple: Couple): Couple {
  const { chatId } = couple;
  return { ...couple, customerToken: `${chatId}/customer`, agentToken: `${chatId}/agent` };
}

/** Connects both sides of each conversation, a few at a time: customer and agent in turns. */
export async function connectCouples(
  url: string,
  couples: readonly Couple[],
  watches: boolean,
): Promise<Writer[]> {
  const writers: Writer[] = [];
  const together = 20;
  for (let at = 0; at < couples.length; at += together) {
    const part = couples.slice(at, at + together);
    writers.push(...(await Promise.all(part.map((couple) => connectCouple(url, couple, watches)))).flat());
  }
  return writers;
}

/** @param watches The agent has the chat open, as in the console. */
async function connectCouple(url: string, couple: Couple, watches: boolean): Promise<[Writer, Writer]> {
  const [customer, agent] = await Promise.all([
    connectWire(url, couple.customerToken),
    connectWire(url, couple.agentToken),
  ]);
  if (watches) await agent.call('watch_chat', { chatId: couple.chatId, afterSeq: 1 });
  return [
    writerOf(couple.chatId, 'send_message', customer, agent, 'c'),
    writerOf(couple.chatId, 'agent_message', agent, customer, 'a'),
  ];
}

function writerOf(
  chatId: string,
  event: string,
  client: WireClient,
  other: WireClient,
  side: string,
): Writer {
  const waiting = new Map<string, () => void>();
  const before = other.onEvent;
  other.onEvent = (text) => {
    before(text);
    if (!text.startsWith('42["new_message"')) return;
    const start = text.indexOf(MARK) + MARK.length;
    const id = text.slice(start, text.indexOf('"', start));
    waiting.get(id)?.();
    waiting.delete(id);
  };
  let count = 0;
  return {
    chatId,
    client,
    async write() {
      count += 1;
      const clientMessageId = `${side}-${count}-0123456789-0123456789`;
      const start = performance.now();
      const delivered = new Promise<number>((resolve) => {
        waiting.set(clientMessageId, () => resolve(performance.now() - start));
      });
      await persistently(() => client.call(event, { chatId, message: TEXT, clientMessageId }));
      const acknowledged = performance.now() - start;
      return { acknowledged, delivered: await delivered };
    },
  };
}

/** Whom the server asks to wait sends again then, as a client does. */
async function persistently(send: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await send();
      return;
    } catch (error) {
      const wait = /"retryAfterMs":(\d+)/.exec(String(error))?.[1];
      if (wait === undefined) throw error;
      await Bun.sleep(Number(wait));
    }
  }
}
