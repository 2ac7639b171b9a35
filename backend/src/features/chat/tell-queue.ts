import type { chatServerEvents } from '@wzatco/sdk/contract';
import { createInTurn } from '../../lib/in-turn.ts';
import type { Emit } from '../../lib/on-event.ts';
import { rooms } from '../../lib/rooms.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import { estimateWait, waitingChats } from './chat-queue.ts';

/** So many are told before others get their turn. */
const TOGETHER = 100;

/** Tells all who wait in a department their place, the next one first. */
export type TellQueue = (departmentId: ChatRecord['departmentId']) => Promise<void>;

/**
 * Of several moves of one queue that come while it is told, it is told once more: a hundred chats that are claimed
 * together do not make everybody hear a hundred places.
 */
export function createTellQueue(needs: ChatNeeds, emit: Emit<typeof chatServerEvents>): TellQueue {
  const inTurn = createInTurn();
  /** By department: what has not begun yet, so that it tells of later moves too. */
  const waiting = new Map<string, Promise<void>>();

  const tell = async (departmentId: ChatRecord['departmentId']): Promise<void> => {
    const waits = new Map<string, number | null>();
    let position = 0;
    for await (const chat of waitingChats(needs, departmentId)) {
      position += 1;
      const site = String(chat.siteId);
      if (!waits.has(site)) waits.set(site, await estimateWait(needs, chat));
      const wait = waits.get(site) ?? null;
      emit([rooms.customer(String(chat.customerId))], 'queue_update', {
        chatId: String(chat._id),
        position,
        ...(wait === null ? {} : { estimatedWait: wait }),
      });
      if (position % TOGETHER === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  };

  return (departmentId) => {
    const key = String(departmentId);
    const known = waiting.get(key);
    if (known) return known;
    const telling = inTurn(key, () => {
      waiting.delete(key);
      return tell(departmentId);
    });
    waiting.set(key, telling);
    return telling;
  };
}
