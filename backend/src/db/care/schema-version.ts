import type { Snapshot } from '../sqlite/index.ts';
import { mongo } from 'mongoose';

/** Where the data says which shape it has. */
export const INSTALLATIONS = 'installations';
export const INSTALLATION_ID = 'installation';

/** The version of a file's data; null before the first start. */
export function schemaVersionOf(snapshot: Snapshot): number | null {
  for (const bytes of snapshot.documents(INSTALLATIONS)) {
    const { _id, schemaVersion } = mongo.BSON.deserialize(bytes);
    if (_id === INSTALLATION_ID) return Number(schemaVersion);
  }
  return null;
}
