import type { Department } from '../contract/departments.ts';

export interface DepartmentsApi {
  /**
   * All departments, by name.
   *
   * @example
   * const names = (await client.departments.list()).map(({ name }) => name);
   */
  list(): Promise<Department[]>;
}
