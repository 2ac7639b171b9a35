import type { Department } from '@wzatco/sdk/contract';
import type { DepartmentService } from '../departments/index.ts';
import type { SiteRecord } from './site.model.ts';

/** The departments among which a site's customers choose, by name: those that it names, or all. */
export async function offeredDepartments(
  departments: DepartmentService,
  { departmentIds }: Pick<SiteRecord, 'departmentIds'>,
): Promise<Department[]> {
  const named = new Set(departmentIds.map(String));
  const all = await departments.list();
  return all.filter(({ id }) => named.size === 0 || named.has(id));
}
