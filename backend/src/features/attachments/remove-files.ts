import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { thumbnailOf } from './receive-file.ts';

/** Deletes a file and its thumbnail, whichever of them are there. */
export async function removeFiles(folder: string, file: string): Promise<void> {
  const path = join(folder, file);
  await Promise.all([path, thumbnailOf(path)].map((name) => rm(name, { force: true })));
}
