import type { TestSocket } from '../live-socket.ts';
import type { History } from './history.ts';

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
    const [clientMessageId, message] = [crypto.randomUUID(), `sample ${count}`];
    history.attempt(clientMessageId);
    const startedAt = performance.now();
    const { data, error } = await socket.send('send_message', { chatId, message, clientMessageId });
    times.push(performance.now() - startedAt);
    if (error) throw new Error(`refused: ${error.message}`);
    history.acknowledge({ chatId, clientMessageId, seq: Number(data['seq']), content: message });
  }
  return times.toSorted((a, b) => a - b)[Math.floor(samples / 2)] ?? 0;
}
