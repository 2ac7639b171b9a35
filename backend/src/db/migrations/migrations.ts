import type { Migration } from './migration.ts';

/** All steps, oldest first. One that was released is never changed; what comes next is added at the end. */
export const MIGRATIONS: readonly Migration[] = [];

/** The shape of the data that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)?.version ?? 1;
