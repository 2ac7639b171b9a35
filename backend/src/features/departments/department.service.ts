import type { Department } from '@wzatco/sdk/contract';
import { AppError } from '../../lib/app-error.ts';
import type { DepartmentModel } from './department.model.ts';

/** Both exist from the first start. */
const FIRST_DEPARTMENTS = ['Technical', 'Sales'];

/** Departments: few, read at every turn, so they are kept in memory and read again when they change. */
export interface DepartmentService {
  list(): Promise<Department[]>;
  /** The id of a department that is named in an input; null for none. @throws VALIDATION_FAILED for an unknown name. */
  idOf(name: string | null | undefined): Promise<string | null>;
  /** The name that payloads use; null for none. */
  nameOf(id: string | null): Promise<string | null>;
  /** Makes the first departments where there are none. */
  ensureFirst(): Promise<void>;
}

export function createDepartmentService(departments: DepartmentModel): DepartmentService {
  let cached: Promise<Department[]> | null = null;
  const load = () =>
    (cached ??= departments
      .find()
      .sort({ nameKey: 1 })
      .lean()
      .then((records) => records.map((record) => ({ id: String(record._id), name: record.name })))
      .catch((error: unknown) => {
        cached = null;
        throw error;
      }));
  return {
    list: load,
    async idOf(name) {
      if (!name) return null;
      const key = name.toLowerCase();
      const found = (await load()).find((department) => department.name.toLowerCase() === key);
      if (!found) throw new AppError('VALIDATION_FAILED', 'department: there is no department of this name');
      return found.id;
    },
    async nameOf(id) {
      if (!id) return null;
      return (await load()).find((department) => department.id === id)?.name ?? null;
    },
    async ensureFirst() {
      if ((await departments.estimatedDocumentCount()) > 0) return;
      const first = FIRST_DEPARTMENTS.map((name) => ({ name, nameKey: name.toLowerCase() }));
      // All or none: another process that starts at the same time must not see half of them.
      await departments.db.transaction((session) => departments.insertMany(first, { session }));
      cached = null;
    },
  };
}
