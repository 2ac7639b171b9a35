import type { Department } from '../contract/departments.ts';

export interface DepartmentsApi {
  /**
   * All departments, by name.
   *
   * @example
   * const names = (await client.departments.list()).map(({ name }) => name);
   */
  list(): Promise<Department[]>;
  /**
   * One department. `NOT_FOUND` where there is none of this id, or none any more.
   *
   * @example
   * const { businessHours } = await client.departments.get(id);
   */
  get(id: string): Promise<Department>;
}
