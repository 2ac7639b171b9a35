import type { EndpointParsed, EndpointReply, userEndpoints } from '@wzatco/sdk/contract';
import { trusted, type ClientSession, type Connection } from 'mongoose';
import { AppError, notFound } from '../../lib/app-error.ts';
import type { Bus } from '../../lib/bus.ts';
import type { Context } from '../../lib/context.ts';
import type { Passwords } from '../../lib/password.ts';
import type { DepartmentService } from '../departments/index.ts';
import type { InstallationModel } from '../installation/index.ts';
import { prepareUser, storeUser } from './create-user.ts';
import { listColleagues } from './list-colleagues.ts';
import { pageByName } from './page-by-name.ts';
import { toUser } from './user.dto.ts';
import type { UserModel, UserRecord } from './user.model.ts';
import './user-events.ts';

type Table = typeof userEndpoints;
type Parsed<Key extends keyof Table> = EndpointParsed<Table[Key]>;
type Reply<Key extends keyof Table> = Promise<EndpointReply<Table[Key]>>;

export interface UserService {
  list(context: Context, input: Parsed<'GET /api/users'>): Reply<'GET /api/users'>;
  /** For all of the staff. */
  colleagues(
    context: Context,
    input: Parsed<'GET /api/users/colleagues'>,
  ): Reply<'GET /api/users/colleagues'>;
  /** @throws NOT_FOUND */
  get(context: Context, input: Parsed<'GET /api/users/:id'>): Reply<'GET /api/users/:id'>;
  create(context: Context, input: Parsed<'POST /api/users'>): Reply<'POST /api/users'>;
  update(context: Context, input: Parsed<'PATCH /api/users/:id'>): Reply<'PATCH /api/users/:id'>;
}

interface Needs {
  connection: Connection;
  installations: InstallationModel;
  users: UserModel;
  departments: DepartmentService;
  bus: Bus;
  passwords: Passwords;
  now: () => Date;
}

/** The rules of users: only admins come this far, except for `colleagues`. */
export function createUserService({
  connection,
  installations,
  users,
  departments,
  bus,
  passwords,
  now,
}: Needs): UserService {
  /** Changes a user who stops being an active admin, if another one remains: the last cannot lock everybody out. */
  function changeAdmin(id: string, change: object): Promise<UserRecord | null> {
    return connection.transaction(async (session) => {
      // Two admins who demote each other at once write the same document, so one of them sees what the other did.
      await installations.updateOne({ _id: 'installation' }, { $inc: { adminRevision: 1 } }, { session });
      const others = { role: 'admin' as const, status: 'active' as const, _id: trusted({ $ne: id }) };
      if (!(await users.exists(others).session(session))) {
        throw new AppError('CONFLICT', 'This is the last active admin. Make somebody else an admin first.');
      }
      return changeUser(id, change, session);
    });
  }

  function changeUser(
    id: string,
    change: object,
    session: ClientSession | null = null,
  ): Promise<UserRecord | null> {
    return users
      .findOneAndUpdate({ _id: id }, { $set: change }, { returnDocument: 'after', session })
      .lean()
      .exec();
  }

  return {
    async list(_context, { query }) {
      const search = query.q ? new RegExp(RegExp.escape(query.q), 'i') : null;
      const filter = {
        ...(query.role ? { role: query.role } : {}),
        ...(search ? { $and: [{ $or: [{ name: search }, { email: search }] }] } : {}),
      };
      return pageByName(users, filter, query, (record) => toUser(record, departments));
    },

    colleagues: (_context, { query }) => listColleagues({ users, departments }, query),

    async get(_context, { params }) {
      const record = await users.findById(params.id).lean();
      if (!record) throw notFound('user');
      return toUser(record, departments);
    },

    async create(context, { body }) {
      const prepared = await prepareUser(
        { passwords, now },
        {
          email: body.email,
          name: body.name,
          role: body.role,
          departmentId: await departments.idOf(body.department),
          password: body.password,
          maxConcurrentChats: body.maxConcurrentChats,
        },
      );
      const record = await storeUser(users, prepared);
      const { inviteToken } = prepared;
      const invitationUrl = `${context.serverOrigin}/agent/reset-password?token=${inviteToken}`;
      return { ...(await toUser(record, departments)), ...(inviteToken ? { invitationUrl } : {}) };
    },

    async update(_context, { params, body }) {
      const before = await users.findById(params.id).lean();
      if (!before) throw notFound('user');
      const losesAdmin = (body.role ?? 'admin') !== 'admin' || (body.status ?? 'active') !== 'active';
      const { department, ...fields } = body;
      const change = {
        ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
        ...(department === undefined ? {} : { departmentId: await departments.idOf(department) }),
      };
      const endsAdmin = before.role === 'admin' && before.status === 'active' && losesAdmin;
      const record = endsAdmin ? await changeAdmin(params.id, change) : await changeUser(params.id, change);
      if (!record) throw notFound('user');
      bus.publish('user.changed', { user: record });
      return toUser(record, departments);
    },
  };
}
