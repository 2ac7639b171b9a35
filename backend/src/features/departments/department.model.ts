import type { BusinessHours } from '@wzatco/sdk/contract';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';
import { hoursSchema } from './hours.schema.ts';

export interface DepartmentRecord extends Timestamps {
  _id: Types.ObjectId;
  name: string;
  /** Lower case, so that two departments cannot differ in case only; of a removed one its id, so that the name is free. */
  nameKey: string;
  /** Its own; null: those of the site. */
  businessHours: BusinessHours | null;
  /** Removed ones stay, for the names of what belonged to them. */
  removedAt: Date | null;
}

const departmentSchema = new Schema<DepartmentRecord>(
  {
    name: { type: String, required: true },
    nameKey: { type: String, required: true, unique: true },
    businessHours: { type: hoursSchema, default: null },
    removedAt: { type: Date, default: null },
  },
  schemaOptions('departments'),
);

export type DepartmentModel = Model<DepartmentRecord>;

export function defineDepartmentModel(connection: Connection): DepartmentModel {
  return connection.model<DepartmentRecord>('Department', departmentSchema);
}
