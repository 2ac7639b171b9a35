import { Schema, type Connection, type Model } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

/** The one document that tells what this data is. */
export interface InstallationRecord extends Timestamps {
  _id: 'installation';
  /** The version of the data's shape; newer data than the program knows is refused. */
  schemaVersion: number;
  /** Random, made once: the setup link follows from it and the server's secret. */
  setupId: string;
  /** Counts changes of who is admin: two that are made at once meet here. */
  adminRevision: number;
  /** When the first admin was created. */
  setupAt: Date | null;
}

const installationSchema = new Schema<InstallationRecord>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    setupId: { type: String, required: true },
    adminRevision: { type: Number, default: 0 },
    setupAt: { type: Date, default: null },
  },
  schemaOptions('installations'),
);

export type InstallationModel = Model<InstallationRecord>;

export function defineInstallationModel(connection: Connection): InstallationModel {
  return connection.model<InstallationRecord>('Installation', installationSchema);
}
