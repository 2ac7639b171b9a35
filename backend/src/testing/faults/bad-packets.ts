import { connectSocket, type TestSocket } from '../live-socket.ts';
import { answerTime } from './answer-time.ts';
import { againstProcess } from './against-server.ts';
import type { Display } from './display.ts';
import type { Fault } from './fault.ts';
import { openFilesOf } from './process-figures.ts';
import { createRandom } from './random.ts';
import { messagesAfter, openRecordedChat } from './recorded-chat.ts';
import { sendBytes, sendEvents, sendFrames, sendRequests, type Attack } from './send-junk.ts';

/** Of 100 bad packets so many come this way, so many of them together. */
const ATTACKS: readonly { attack: Attack; share: number; together: number }[] = [
  { attack: sendEvents, share: 40, together: 50 },
  { attack: sendFrames, share: 45, together: 5 },
  { attack: sendRequests, share: 10, together: 5 },
  { attack: sendBytes, share: 5, together: 1 },
];
/** So many messages are measured before and after; while the attack goes on, a few now and then. */
const SAMPLES = { calm: 100, underAttack: 3 };
/** So many times its usual time may an answer take afterwards, on a machine that others use too. */
const SLOWER = 5;
/** So often it is measured until it is fast again. */
const ATTEMPTS = 3;
/** So long may the server take to let go of the attackers' connections, in milliseconds. */
const LETTING_GO = 60_000;

/** Malformed packets by every door, while a customer talks on two devices. */
export const badPackets: Fault = {
  name: 'bad packets',
  run: ({ seed, size, rounds = size === 'long' ? 10_000 : 300 }) =>
    againstProcess(async ({ url, pid }, history) => {
      const random = createRandom(seed);
      const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item;
      const { visitor, chatId } = await openRecordedChat(url, history);
      const [writer, reader] = [
        await connectSocket(url, visitor.token),
        await connectSocket(url, visitor.token),
      ];
      const begun = await messagesAfter(reader, chatId);
      const measure = (samples: number) => answerTime(writer, chatId, history, samples);
      await measure(SAMPLES.calm);
      const usual = await measure(SAMPLES.calm);
      const files = openFilesOf(pid() ?? 0);
      for (const { attack, share, together } of ATTACKS) {
        for (let left = Math.ceil((rounds * share) / 100); left > 0; left -= together) {
          await attack(url, Math.min(left, together), pick);
          if (left % (20 * together) < together) await measure(SAMPLES.underAttack);
        }
      }
      const leaks = await openConnections(pid() ?? 0, files);
      let after = await measure(SAMPLES.calm);
      for (let attempt = 1; attempt < ATTEMPTS && after > SLOWER * usual; attempt += 1) {
        after = await measure(SAMPLES.calm);
      }
      const messages = [...begun, ...(await heardBy(reader, history.acknowledged))];
      for (const socket of [writer, reader]) socket.close();
      const ratio = (after / usual).toFixed(1);
      const slow = after > SLOWER * usual ? [`an answer takes ${ratio} times as long as before`] : [];
      return {
        displays: [{ chatId, messages }],
        faults: [...leaks, ...slow],
        note: `${rounds} packets; an answer takes ${ratio} of its usual time`,
      };
    }),
};

/** The connections of the attackers that the server still holds, in words. */
async function openConnections(pid: number, before: number | null): Promise<string[]> {
  if (before === null) return [];
  const more = () => (openFilesOf(pid) ?? 0) - before;
  const end = performance.now() + LETTING_GO;
  while (more() > 0 && performance.now() < end) await Bun.sleep(50);
  return more() > 0 ? [`${more()} connections are still open`] : [];
}

/** What a device was told of its only chat, up to a number. */
async function heardBy(socket: TestSocket, lastSeq: number): Promise<Display['messages']> {
  await socket.hear('new_message', ({ seq }) => seq === lastSeq);
  const told = socket.heard.filter(({ event }) => event === 'new_message');
  return told.map(({ payload }) => ({ seq: Number(payload['seq']), content: String(payload['content']) }));
}
