import type { TestSocket } from '../live-socket.ts';
import type { History } from './history.ts';
import { say } from './recorded-chat.ts';

/**
 * How long the server takes to acknowledge a message, in milliseconds: the median of so many that follow each other.
 *
 * @example const usual = await answerTime(socket, chatId, history, 100);
 */
export async function answerTime(
  socket: TestSocket,
  chatId: string,
  history: History,
  samples: number,
): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < samples; count += 1) {
    const startedAt = performance.now();
    await say(socket, { chatId }, `sample ${count}`, history);
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(samples / 2)] ?? 0;
}
