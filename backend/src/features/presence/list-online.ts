import type { OnlineAgent } from '@wzatco/sdk/contract';
import type { PresenceStatus } from '@wzatco/sdk/contract/constants';
import { trusted, type QueryFilter } from 'mongoose';
import type { DepartmentService } from '../departments/index.ts';
import type { UserModel, UserRecord } from '../users/index.ts';

interface Needs {
  users: UserModel;
  departments: DepartmentService;
  now: () => Date;
  statusOf(agentId: string): PresenceStatus;
}

/** An agent counts as there this long after their last request, in milliseconds (SPEC §6). */
const RECENTLY = 5 * 60 * 1000;

/** Active agents who are there, those who chose `offline` left out. */
export async function listOnline(
  { users, departments, now, statusOf }: Needs,
  connected: readonly string[],
): Promise<OnlineAgent[]> {
  const staff = { role: trusted({ $in: ['agent' as const, 'admin' as const] }) };
  const recently = new Date(now().getTime() - RECENTLY);
  // Each branch has an index of its own, so only who is there is read.
  const filter: QueryFilter<UserRecord> = {
    status: 'active',
    presence: trusted({ $ne: 'offline' }),
    $or: [
      { ...staff, lastActiveAt: trusted({ $gte: recently }) },
      { ...staff, _id: trusted({ $in: [...connected] }) },
    ],
  };
  const found = await users.find(filter).limit(1000).lean();
  return Promise.all(
    found.map(async (record) => ({
      id: String(record._id),
      name: record.name,
      email: record.email,
      avatar: record.avatar,
      department: await departments.nameOf(record.departmentId && String(record.departmentId)),
      lastActiveAt: record.lastActiveAt?.toISOString() ?? null,
      status: statusOf(String(record._id)),
    })),
  );
}
