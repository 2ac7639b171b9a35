import type { ChatState } from '@wzatco/sdk';

/** Somebody who has a chat open now. */
export type ChatViewer = ChatState['viewers'][number];

/** How many have a mark of their own. */
const SHOWN = 3;

/**
 * The colleagues who have a chat open beside oneself: some one by one, the rest together.
 *
 * @param me one's own id, who is never among them
 */
export function otherViewers(
  viewers: readonly ChatViewer[],
  me: string,
): { shown: ChatViewer[]; more: ChatViewer[] } {
  const others = viewers.filter(({ id }) => id !== me);
  return { shown: others.slice(0, SHOWN), more: others.slice(SHOWN) };
}
