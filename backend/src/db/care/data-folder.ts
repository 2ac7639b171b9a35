import { join } from 'node:path';

/** Where things are in `DATA_DIR`. */
export type DataFolder = {
  readonly path: string;
  readonly database: string;
  /** Attachments; there may be none yet. */
  readonly uploads: string;
  /** What the program itself backs up before it changes the shape of the data. */
  readonly backups: string;
  /** What a restore is about to put into place; present only while it does. */
  readonly restoring: string;
};

const DATABASE_NAME = 'wzatco.sqlite';

/** @example dataFolder('./data').database // 'data/wzatco.sqlite' */
export function dataFolder(path: string): DataFolder {
  return {
    path,
    database: join(path, DATABASE_NAME),
    uploads: join(path, 'uploads'),
    backups: join(path, 'backups'),
    restoring: join(path, 'restoring'),
  };
}
