import type { Colleague, EndpointParsed, Page, userEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import { seesAllDepartments } from '../../lib/context.ts';
import type { DepartmentService } from '../departments/index.ts';
import { pageByName } from './page-by-name.ts';
import type { UserModel } from './user.model.ts';

type List = (typeof userEndpoints)['GET /api/users/colleagues'];

/**
 * The active agents and admins, by name: whom everybody of the staff may know of.
 *
 * @throws VALIDATION_FAILED for another list's cursor.
 */
export function listColleagues(
  { users, departments }: { users: UserModel; departments: DepartmentService },
  query: EndpointParsed<List>['query'],
): Promise<Page<Colleague>> {
  const staff = { role: trusted({ $in: ['agent' as const, 'admin' as const] }), status: 'active' as const };
  return pageByName(users, staff, query, async (record) => ({
    id: String(record._id),
    name: record.name,
    avatar: record.avatar,
    department: await departments.nameOf(record.departmentId && String(record.departmentId)),
    allDepartments: seesAllDepartments(record),
  }));
}
