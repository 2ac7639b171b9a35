import type { SessionUser, User } from '@wzatco/sdk/contract';
import type { DepartmentService } from '../departments/index.ts';
import type { UserRecord } from './user.model.ts';

/** A user as the API shows one: no secret, the department by its name. */
export async function toUser(record: UserRecord, departments: DepartmentService): Promise<User> {
  return {
    id: String(record._id),
    email: record.email,
    name: record.name,
    avatar: record.avatar,
    role: record.role,
    status: record.status,
    permissions: record.permissions,
    department: await departments.nameOf(record.departmentId && String(record.departmentId)),
    maxConcurrentChats: record.maxConcurrentChats,
    awayAfterMinutes: record.awayAfterMinutes ?? null,
    lastActiveAt: record.lastActiveAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
  };
}

export function toSessionUser(record: Pick<UserRecord, '_id' | 'email' | 'name' | 'role'>): SessionUser {
  return { id: String(record._id), email: record.email, name: record.name, role: record.role };
}
