import { join } from 'node:path';
import { perSecond, type Result } from '../db/bench/result-table.ts';
import { fillDesk } from './desk.ts';
import { inTurns } from './in-turns.ts';
import { median } from './numbers.ts';
import { startMeasured } from './servers/measured-server.ts';
import type { BenchSettings } from './settings.ts';
import { connectCouples, type Writer } from './talk.ts';

const GOAL_LONG = 1.2;
const GOAL_TRIPS = 5;
const GOAL_CATCH_UP = 30;
const MISSED = 1_000;
const CATCH_UPS = 15;
/** So many messages of one writer are under way at a time, as many as of a burst of sends. */
const IN_FLIGHT = 16;

/** What a message costs in a very long chat, and what it costs to catch up. */
export async function measureHistory(folder: string, settings: BenchSettings): Promise<Result[]> {
  const dataDir = join(folder, 'long');
  const couples = await fillDesk(dataDir, [settings.longChat, 1]);
  const server = await startMeasured('product', dataDir);
  try {
    const [long, , empty] = await connectCouples(server.url, couples, false);
    if (!long || !empty) throw new Error('two chats were made');
    const costs = await inTurns(
      {
        empty: { server, run: (seconds) => writeTogether(empty, seconds) },
        long: { server, run: (seconds) => writeTogether(long, seconds) },
      },
      { ...settings, rounds: settings.rounds * 2 },
    );
    const length = settings.longChat.toLocaleString('en');
    const { wall, cpu } = costs.long.ratio;
    return [
      {
        operation: `a message in a chat of ${length} messages, by an empty one`,
        measured: perSecond(costs.long.cost.wall),
        reference: perSecond(costs.empty.cost.wall),
        ratio: `${wall.toFixed(2)}×`,
        detail: `${cpu.toFixed(2)}× by processor time`,
        goal: `cost ≤ ${GOAL_LONG}×`,
        isMet: wall <= GOAL_LONG,
        partOfGoal: wall / GOAL_LONG,
      },
      ...(await measureCatchUp(long, settings.longChat)),
    ];
  } finally {
    await server.stop();
  }
}

async function measureCatchUp(writer: Writer, longChat: number): Promise<Result[]> {
  const single: number[] = [];
  const catchUps: { time: number; trips: number }[] = [];
  for (let round = 0; round < CATCH_UPS; round += 1) {
    for (let at = 0; at < 10; at += 1) single.push((await writer.write()).acknowledged);
    catchUps.push(await catchUp(writer, longChat - MISSED - round));
  }
  const time = median(catchUps.map((each) => each.time));
  const trips = Math.max(...catchUps.map((each) => each.trips));
  const ratio = time / median(single);
  return [
    {
      operation: `catching up on ${MISSED.toLocaleString('en')} messages, by one message`,
      measured: `${time.toFixed(1)} ms`,
      reference: `${median(single).toFixed(1)} ms`,
      ratio: `${ratio.toFixed(1)}×`,
      detail: `${trips} round trips`,
      goal: `< ${GOAL_CATCH_UP}×, ≤ ${GOAL_TRIPS} trips`,
      isMet: ratio < GOAL_CATCH_UP && trips <= GOAL_TRIPS,
      partOfGoal: ratio / GOAL_CATCH_UP,
    },
  ];
}

/** Reads as a client does that was away: page after page, until it has so many. */
async function catchUp({ client, chatId }: Writer, from: number): Promise<{ time: number; trips: number }> {
  const start = performance.now();
  let afterSeq = from;
  let trips = 0;
  while (afterSeq < from + MISSED) {
    const text = await client.call('sync_chat', { chatId, afterSeq });
    trips += 1;
    const [{ data }] = JSON.parse(text.slice(text.indexOf('['))) as [
      { data: { messages: { seq: number }[] } },
    ];
    afterSeq = data.messages.at(-1)?.seq ?? from + MISSED;
  }
  return { time: performance.now() - start, trips };
}

async function writeTogether(writer: Writer, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let count = 0;
  const write = async (): Promise<void> => {
    while (performance.now() < end) {
      await writer.write();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, write));
  return count;
}
