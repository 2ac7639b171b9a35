import { addFirstResponse } from './add-first-response.ts';
import { addQueuedAt } from './add-queued-at.ts';
import type { Migration } from './migration.ts';

/** All steps, oldest first. One that was released is never changed; what comes next is added at the end. */
export const MIGRATIONS: readonly Migration[] = [addFirstResponse, addQueuedAt];

/** The shape of the data that this program writes; 1 is what there was before the first step. */
export const SCHEMA_VERSION = newestOf(MIGRATIONS);

/** The version that data has after all of some steps. */
export function newestOf(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 1;
}
