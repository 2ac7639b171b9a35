import pLimit from 'p-limit';
import { createInTurn } from '../../lib/in-turn.ts';

/** Who brings a picture. Owners behind one address share its turns: a new visitor costs nobody anything. */
export interface Waiter {
  owner: string;
  address: string;
}

/** Does the work when it is its turn, or answers null at once where this owner has too much waiting. */
export type PictureLine = <Result>(waiter: Waiter, work: () => Promise<Result>) => Promise<Result | null>;

/** So many pictures of one owner wait: those of two full messages. Clients of ours bring one at a time. */
const MOST = 10;

/**
 * One at a time, and everybody in turn: one work of each address, and of each owner there, then the next of each.
 *
 * @example
 * const inLine = createPictureLine();
 * const isMade = await inLine({ owner: 'customer:1', address: '203.0.113.7' }, () => makeThumbnail(path));
 */
export function createPictureLine(): PictureLine {
  const inTurnOfOwner = createInTurn();
  const inTurnOfAddress = createInTurn();
  // A decoded picture takes 4 bytes a pixel.
  const oneAtATime = pLimit(1);
  const waiting = new Map<string, number>();

  return async ({ owner, address }, work) => {
    const before = waiting.get(owner) ?? 0;
    if (before >= MOST) return null;
    waiting.set(owner, before + 1);
    try {
      // Each line lets one of its own at a time into the next, which thereby takes them in turns.
      return await inTurnOfOwner(owner, () => inTurnOfAddress(address, () => oneAtATime(work)));
    } finally {
      const left = (waiting.get(owner) ?? 1) - 1;
      if (left > 0) waiting.set(owner, left);
      else waiting.delete(owner);
    }
  };
}
