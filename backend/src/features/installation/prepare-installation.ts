import { randomUUID } from 'node:crypto';
import { ConfigurationError } from '../../env.ts';
import type { InstallationModel, InstallationRecord } from './installation.model.ts';

/** The shape of the data that this program writes. */
export const SCHEMA_VERSION = 1;

/**
 * Finds the installation's document or makes it, and refuses data that a newer program wrote.
 *
 * @throws ConfigurationError when the data is newer than the program.
 */
export async function prepareInstallation(installations: InstallationModel): Promise<InstallationRecord> {
  const record = await installations
    .findOneAndUpdate(
      { _id: 'installation' },
      { $setOnInsert: { schemaVersion: SCHEMA_VERSION, setupId: randomUUID() } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean();
  if (!record) throw new Error('The installation document could not be made.');
  if (record.schemaVersion > SCHEMA_VERSION) {
    throw new ConfigurationError(
      `The data has version ${record.schemaVersion}, this program knows up to ${SCHEMA_VERSION}: start a newer WZATCO, or restore a backup of that time`,
    );
  }
  return record;
}
