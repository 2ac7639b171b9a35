import { trusted } from 'mongoose';
import { isDuplicateKey } from '../../db/base-schema.ts';
import type { ChatNeeds, ChatRecord } from '../chat/index.ts';
import type { ChatMetricModel } from './chat-metric.model.ts';
import { measureChat } from './measure-chat.ts';

/** What the verbs of this folder work with. */
export interface MetricNeeds {
  metrics: ChatMetricModel;
  chat: ChatNeeds;
}

/** The kind of job that measures what a process that died had not. */
export const MEASURE_JOB = 'measure-chats';

/** How often that is looked for, in milliseconds. */
const SWEEP_EVERY = 5 * 60_000;
/** So many chats are measured in one go. */
const SWEEP_SIZE = 100;

/**
 * Measures each chat when it ends or is reopened, and notes its rating. Returns the unsubscribe.
 * What ends a chat marks it as unmeasured in the same write, and only a measurement of that state takes the mark away.
 */
export function keepMetrics(needs: MetricNeeds): () => void {
  const { bus } = needs.chat;
  const measure = ({ chat }: { chat: ChatRecord }) => storeMetric(needs, chat);
  const subscriptions = [
    bus.subscribe('chat.closed', measure),
    bus.subscribe('chat.rated', ({ chat }) => storeRating(needs, chat)),
    bus.subscribe('chat.reopened', measure),
  ];
  return () => subscriptions.forEach((unsubscribe) => unsubscribe());
}

/** Measures what is marked as unmeasured. Answers when to look again. */
export async function sweepMetrics(needs: MetricNeeds): Promise<Date> {
  const { chats, now } = needs.chat;
  const due = await chats.find({ measureDue: true }).limit(SWEEP_SIZE).lean();
  for (const chat of due) await storeMetric(needs, chat);
  return new Date(now().getTime() + (due.length === SWEEP_SIZE ? 0 : SWEEP_EVERY));
}

async function storeMetric({ metrics, chat: needs }: MetricNeeds, chat: ChatRecord): Promise<void> {
  const { chatId, ...measured } = await measureChat(needs, chat);
  try {
    const notNewer = { chatId, rev: trusted({ $lte: measured.rev }) };
    await metrics.updateOne(notNewer, { $set: measured, $setOnInsert: { chatId } }, { upsert: true });
  } catch (error) {
    // There is one of a later state.
    if (!isDuplicateKey(error)) throw error;
  }
  await markMeasured(needs, chat);
}

/** A rating changes one number: messages are counted only where this state of the chat was not measured yet. */
async function storeRating(needs: MetricNeeds, chat: ChatRecord): Promise<void> {
  const { matchedCount } = await needs.metrics.updateOne(
    {
      chatId: chat._id,
      rev: trusted({ $lte: chat.lastRev }),
      closedAt: chat.closedAt,
      reopenCount: chat.reopenCount ?? 0,
    },
    { $set: { rev: chat.lastRev, customerSatisfaction: chat.rating } },
  );
  if (matchedCount === 0) return storeMetric(needs, chat);
  await markMeasured(needs.chat, chat);
}

/** Only where nothing has happened since. */
async function markMeasured({ chats }: ChatNeeds, { _id, lastRev }: ChatRecord): Promise<void> {
  await chats.updateOne({ _id, lastRev }, { $unset: { measureDue: '' } });
}
