import type { EndpointParsed, EndpointReply, userEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import { z } from 'zod';
import { AppError, notFound } from '../../lib/app-error.ts';
import type { Bus } from '../../lib/bus.ts';
import type { Context } from '../../lib/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../../lib/cursor.ts';
import type { DepartmentService } from '../departments/index.ts';
import { createUser } from './create-user.ts';
import { toUser } from './user.dto.ts';
import type { UserModel, UserRecord } from './user.model.ts';
import './user-events.ts';

type Table = typeof userEndpoints;
type Parsed<Key extends keyof Table> = EndpointParsed<Table[Key]>;
type Reply<Key extends keyof Table> = Promise<EndpointReply<Table[Key]>>;

export interface UserService {
  list(context: Context, input: Parsed<'GET /api/users'>): Reply<'GET /api/users'>;
  create(context: Context, input: Parsed<'POST /api/users'>): Reply<'POST /api/users'>;
  update(context: Context, input: Parsed<'PATCH /api/users/:id'>): Reply<'PATCH /api/users/:id'>;
}

interface Needs {
  users: UserModel;
  departments: DepartmentService;
  bus: Bus;
  now: () => Date;
}

const cursorKey = z.tuple([z.string(), z.string().regex(/^[0-9a-f]{24}$/)]);

/** The rules of users: only admins come this far. */
export function createUserService({ users, departments, bus, now }: Needs): UserService {
  /** The last admin cannot lock everybody out. */
  async function keepAnAdmin(record: UserRecord): Promise<void> {
    const another = await users.exists({
      role: 'admin',
      status: 'active',
      _id: trusted({ $ne: record._id }),
    });
    if (!another)
      throw new AppError('CONFLICT', 'This is the last active admin. Make somebody else an admin first.');
  }

  return {
    async list(_context, { query }) {
      const after = query.cursor ? decodeCursor(query.cursor, cursorKey) : null;
      const search = query.q ? new RegExp(RegExp.escape(query.q), 'i') : null;
      const both = [
        ...(search ? [{ $or: [{ name: search }, { email: search }] }] : []),
        ...(after
          ? [{ $or: [{ name: trusted({ $gt: after[0] }) }, { _id: trusted({ $gt: after[1] }) }] }]
          : []),
      ];
      const records = await users
        .find({
          ...(query.role ? { role: query.role } : {}),
          ...(after ? { name: trusted({ $gte: after[0] }) } : {}),
          ...(both.length > 0 ? { $and: both } : {}),
        })
        .sort({ name: 1, _id: 1 })
        .limit(query.limit + 1)
        .lean();
      const page = toPage(
        records,
        query.limit,
        (record) => encodeCursor([record.name, String(record._id)]),
        (record) => toUser(record, departments),
      );
      return { items: await Promise.all(page.items), nextCursor: page.nextCursor };
    },

    async create(context, { body }) {
      const { record, inviteToken } = await createUser(
        users,
        {
          email: body.email,
          name: body.name,
          role: body.role,
          departmentId: await departments.idOf(body.department),
          password: body.password,
          maxConcurrentChats: body.maxConcurrentChats,
        },
        now(),
      );
      const invitationUrl = `${context.serverOrigin}/agent/reset-password?token=${inviteToken}`;
      return { ...(await toUser(record, departments)), ...(inviteToken ? { invitationUrl } : {}) };
    },

    async update(_context, { params, body }) {
      const before = await users.findById(params.id).lean();
      if (!before) throw notFound('user');
      const losesAdmin = (body.role ?? 'admin') !== 'admin' || (body.status ?? 'active') !== 'active';
      if (before.role === 'admin' && before.status === 'active' && losesAdmin) await keepAnAdmin(before);
      const { department, ...fields } = body;
      const change = {
        ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
        ...(department === undefined ? {} : { departmentId: await departments.idOf(department) }),
      };
      const record = await users
        .findOneAndUpdate({ _id: params.id }, { $set: change }, { returnDocument: 'after' })
        .lean();
      if (!record) throw notFound('user');
      bus.publish('user.changed', { user: record });
      return toUser(record, departments);
    },
  };
}
