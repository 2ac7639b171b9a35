import type { Department } from '../contract/departments.ts';

export interface DepartmentsApi {
  /** All departments, by name. */
  list(): Promise<Department[]>;
}
