import { randomUUID } from 'node:crypto';
import type { InstallationModel, InstallationRecord } from './installation.model.ts';

/**
 * Finds the installation's document or makes it.
 *
 * @param schemaVersion the shape of the data that this program writes
 */
export async function prepareInstallation(
  installations: InstallationModel,
  schemaVersion: number,
): Promise<InstallationRecord> {
  const made = await installations
    .findOneAndUpdate(
      { _id: 'installation' },
      { $setOnInsert: { schemaVersion, setupId: randomUUID() } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean();
  // Of two processes that begin at once the second may be answered with nothing.
  const record = made ?? (await installations.findById('installation').lean());
  if (!record) throw new Error('The installation document could not be made.');
  return record;
}
