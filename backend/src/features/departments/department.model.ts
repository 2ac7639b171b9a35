import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

export interface DepartmentRecord extends Timestamps {
  _id: Types.ObjectId;
  name: string;
  /** Lower case, so that two departments cannot differ in case only. */
  nameKey: string;
}

const departmentSchema = new Schema<DepartmentRecord>(
  {
    name: { type: String, required: true },
    nameKey: { type: String, required: true, unique: true },
  },
  schemaOptions('departments'),
);

export type DepartmentModel = Model<DepartmentRecord>;

export function defineDepartmentModel(connection: Connection): DepartmentModel {
  return connection.model<DepartmentRecord>('Department', departmentSchema);
}
