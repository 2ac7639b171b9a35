import mongoose from 'mongoose';
import { defineMessageModel } from '../../features/chat/message.model.ts';
import { MONGOOSE_OPTIONS } from '../connect.ts';
import type { BenchSettings } from './bench-settings.ts';
import { compareCosts } from './compare-costs.ts';
import type { MessageStore } from './message-store.ts';
import { nullDriver } from './null-driver.ts';
import { throughMongoose } from './operations.ts';
import type { Result } from './result-table.ts';
import { MESSAGES_PER_CHAT, nthMessage } from './sample-messages.ts';

/** The same Mongoose calls beside a driver that does nothing: what Mongoose itself costs. */
export async function compareWithNothing(
  store: MessageStore,
  isLean: boolean,
  settings: BenchSettings,
): Promise<Result[]> {
  const base = new mongoose.Mongoose({ ...MONGOOSE_OPTIONS });
  base.setDriver(nullDriver(Array.from({ length: MESSAGES_PER_CHAT }, (_, n) => nthMessage(n))));
  const model = defineMessageModel(await base.createConnection('nothing').asPromise());
  return await compareCosts(
    throughMongoose(store.model, store.documents, store.removeAdded, isLean),
    throughMongoose(model, store.documents, () => undefined, isLean),
    2.5,
    settings,
  );
}
