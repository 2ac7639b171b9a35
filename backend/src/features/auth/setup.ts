import type { Connection } from 'mongoose';
import { deriveToken, sameSecret } from '../../lib/secret-token.ts';
import { AppError, forbidden } from '../../lib/app-error.ts';
import type { Passwords } from '../../lib/password.ts';
import { prepareUser, storeUser, type UserModel, type UserRecord } from '../users/index.ts';
import type { InstallationModel } from '../installation/index.ts';

interface Needs {
  connection: Connection;
  users: UserModel;
  installations: InstallationModel;
  jwtSecret: string;
  passwords: Passwords;
  now: () => Date;
}

/** Making the first admin. */
export interface Setup {
  needed(): Promise<boolean>;
  /** The token of the one-time link; it follows from the server's secret, so every process of it prints the same. */
  token(): Promise<string>;
  /** @throws FORBIDDEN for a wrong token, CONFLICT when there is a user already. */
  createFirstAdmin(token: string, admin: FirstAdmin): Promise<UserRecord>;
  /** The same for `ADMIN_EMAIL` and `ADMIN_PASSWORD`; nothing when there is a user already. */
  createConfiguredAdmin(admin: FirstAdmin): Promise<void>;
}

export interface FirstAdmin {
  email: string;
  name: string;
  password: string;
}

export function createSetup({ connection, users, installations, jwtSecret, passwords, now }: Needs): Setup {
  const needed = async () => (await users.exists({})) === null;

  async function token(): Promise<string> {
    const installation = await installations.findById('installation').lean();
    if (!installation) throw new Error('The installation document is missing.');
    return deriveToken(jwtSecret, `setup:${installation.setupId}`);
  }

  /** In one transaction: of two at once one creates, and a crash in between leaves the door open for the next try. */
  async function create(admin: FirstAdmin): Promise<UserRecord | null> {
    if (!(await needed())) return null;
    const input = { ...admin, role: 'admin' as const, departmentId: null, maxConcurrentChats: undefined };
    const prepared = await prepareUser({ passwords, now }, input);
    return connection.transaction(async (session) => {
      const turn = await installations.updateOne(
        { _id: 'installation', setupAt: null },
        { $set: { setupAt: now() } },
        { session },
      );
      return turn.modifiedCount === 0 ? null : storeUser(users, prepared, session);
    });
  }

  return {
    needed,
    token,
    async createFirstAdmin(given, admin) {
      if (!sameSecret(given, await token())) {
        throw forbidden("This setup link is not valid. Use the one in the server's log.");
      }
      const record = await create(admin);
      if (!record) throw new AppError('CONFLICT', 'The first admin exists already. Please log in.');
      return record;
    },
    async createConfiguredAdmin(admin) {
      await create(admin);
    },
  };
}
