import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lockFile } from '../sqlite/index.ts';
import type { DataFolder } from './data-folder.ts';
import { syncFolder } from './sync-folder.ts';

/** In the folder of a restore: the name of the folder that takes what was there before. */
export const UNDO_NAME = 'undo';

/**
 * Puts a restore into place that has been decided on: the folder `restoring` is there. It can be interrupted at any
 * moment and goes on the next time, so that what is found afterwards is wholly the restored state. Without such a
 * folder it does nothing.
 *
 * @throws Error where another process has the data
 */
export function finishRestore(data: DataFolder): void {
  if (!existsSync(data.restoring)) return;
  const unlock = lockFile(data.database);
  try {
    // Another process may have finished it before this one had the lock.
    if (existsSync(data.restoring)) swap(data);
  } finally {
    unlock();
  }
}

/**
 * The same for who has the data's lock.
 *
 * @returns the folder that holds what was there before; nothing where there was nothing
 */
export function swap(data: DataFolder): string | undefined {
  const undo = join(data.path, readFileSync(join(data.restoring, UNDO_NAME), 'utf8'));
  mkdirSync(undo, { recursive: true, mode: 0o700 });
  moveIn(data, undo, data.uploads, []);
  // With its log and the log's index: what they hold belongs to the old file alone.
  moveIn(data, undo, data.database, ['-wal', '-shm']);
  const isEmpty = readdirSync(undo).length === 0;
  if (isEmpty) rmdirSync(undo);
  else syncFolder(undo);
  syncFolder(data.path);
  // By one step again: a folder that was half deleted could not be told from one that is waiting.
  const over = `${data.restoring}.over`;
  rmSync(over, { recursive: true, force: true });
  renameSync(data.restoring, over);
  rmSync(over, { recursive: true });
  syncFolder(data.path);
  return isEmpty ? undefined : undo;
}

/** Moves the old one away and the new one in. Done already is no error: the new one is then no longer waiting. */
function moveIn(data: DataFolder, undo: string, target: string, suffixes: readonly string[]): void {
  const waiting = join(data.restoring, basename(target));
  if (!existsSync(waiting)) return;
  for (const suffix of [...suffixes, '']) {
    const old = target + suffix;
    if (existsSync(old)) renameSync(old, join(undo, basename(old)));
  }
  renameSync(waiting, target);
}
