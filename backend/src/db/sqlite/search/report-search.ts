import { channel } from 'node:diagnostics_channel';
import type { Document } from '../values/bson.ts';
import type { CollectionEntry } from '../storage/catalog.ts';
import type { ChosenPlan } from './planner.ts';
import type { SortSpec } from './sort-order.ts';
import type { ReadSource } from '../storage/writer.ts';

/** How a search is going to read. */
export type SearchReport = {
  /** The path of the database file. */
  readonly file: string;
  readonly collection: string;
  readonly filter: Document;
  readonly sort: SortSpec;
  /** Zero: all. */
  readonly limit: number;
  readonly plan: ChosenPlan;
};

type Searched = {
  readonly filter: Document;
  readonly sort?: SortSpec | undefined;
  readonly limit?: number | undefined;
};

const searches = channel('mongoose-on-sqlite:search');

/** Tells whoever listens how a search is going to read; nothing while nobody does. */
export function reportSearch(
  source: ReadSource,
  collection: CollectionEntry,
  { filter, sort = [], limit = 0 }: Searched,
  plan: ChosenPlan,
): void {
  if (!searches.hasSubscribers) return;
  const report: SearchReport = {
    file: source.db.filename,
    collection: collection.name,
    filter,
    sort,
    limit,
    plan,
  };
  searches.publish(report);
}

/**
 * Hears of every search of this thread's databases, before it reads; returns the end of it.
 *
 * @example const stop = onSearch(({ collection, plan }) => console.log(collection, plan.kind));
 */
export function onSearch(listen: (report: SearchReport) => void): () => void {
  const hear = (report: unknown): void => listen(report as SearchReport);
  searches.subscribe(hear);
  return () => void searches.unsubscribe(hear);
}
