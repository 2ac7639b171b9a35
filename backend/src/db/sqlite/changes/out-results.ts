import {
  createIndex,
  dropCollection,
  ensureCollection,
  renameCollection,
} from '../storage/collection-schema.ts';
import type { Engine } from '../storage/engine.ts';
import { insertRow } from '../storage/rows.ts';
import { withId } from './result-target.ts';
import type { Results } from './result-target.ts';

/** Who writes into a collection's stand-in; the next one waits. */
const running = new WeakMap<Engine, Map<string, Promise<void>>>();

/**
 * `$out`: replaces a collection by an aggregation's results, its indexes kept. Until the last moment
 * they go into another collection, so that whoever reads sees the old documents or the new ones.
 */
export async function replaceCollection(engine: Engine, target: string, results: Results): Promise<void> {
  const known = running.get(engine) ?? new Map<string, Promise<void>>();
  running.set(engine, known);
  const before = known.get(target);
  const work = (before ?? Promise.resolve()).then(() => replace(engine, target, results));
  // Whoever comes next waits for the end, however it went.
  const ended = work.catch(() => undefined);
  known.set(target, ended);
  try {
    await work;
  } finally {
    if (known.get(target) === ended) known.delete(target);
  }
}

async function replace(engine: Engine, target: string, results: Results): Promise<void> {
  const standIn = `tmp.agg_out.${target}`;
  await engine.write(undefined, (writer) => {
    // A process that was killed may have left one.
    dropCollection(writer, standIn);
    ensureCollection(writer, standIn);
    for (const { spec } of writer.catalog.get(target)?.indexes ?? []) createIndex(writer, standIn, spec);
  });
  try {
    for (let batch = await results(); batch.length > 0; batch = await results()) {
      const documents = batch;
      await engine.write(undefined, (writer) => {
        for (const document of documents) insertRow(writer, standIn, withId(document));
      });
    }
    await engine.write(undefined, (writer) => {
      dropCollection(writer, target);
      renameCollection(writer, standIn, target);
    });
  } catch (error) {
    await engine.write(undefined, (writer) => dropCollection(writer, standIn));
    throw error;
  }
}
