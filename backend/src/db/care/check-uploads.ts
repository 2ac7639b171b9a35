import { statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Checks that each attachment that a message names has its file, of its size. What no message names, or whose message
 * was deleted, may go at any moment.
 *
 * @param folder where the files are
 * @param attachments the records, in any order
 */
export function* checkUploads(
  folder: string,
  attachments: Iterable<Readonly<Record<string, unknown>>>,
): Generator<string> {
  for (const { _id, file, size, messageId, removedAt } of attachments) {
    if (!messageId || removedAt) continue;
    const found = statSync(join(folder, String(file)), { throwIfNoEntry: false });
    if (!found) yield `the attachment ${String(_id)} has lost its file ${String(file)}`;
    else if (found.size !== Number(size))
      yield `the file ${String(file)} has ${found.size} bytes, and its attachment says ${String(size)}`;
  }
}
