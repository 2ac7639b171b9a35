import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchSettings } from './bench-settings.ts';
import { compareCosts } from './compare-costs.ts';
import { fileOf, openEmbedded } from './message-store.ts';
import { throughDriver } from './operations.ts';
import { RawDatabase } from './raw-database.ts';
import type { Result } from './result-table.ts';

/**
 * The driver without Mongoose beside raw bun:sqlite, each on its own copy of the same file. The folder's
 * database must be closed.
 */
export async function compareWithRaw(folder: string, settings: BenchSettings): Promise<Result[]> {
  const path = join(folder, 'raw', 'messages.sqlite');
  mkdirSync(join(folder, 'raw'));
  copyFileSync(fileOf(folder, settings.documents), path);
  const store = await openEmbedded(folder, settings.documents);
  const raw = new RawDatabase(path, settings.documents);
  try {
    const sides = throughDriver(store.collection, store.documents, store.removeAdded);
    return await compareCosts(sides, raw.sides(), 2, settings);
  } finally {
    raw.close();
    await store.close();
  }
}
