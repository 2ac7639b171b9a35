import type { ClientSession } from 'mongoose';
import { isDuplicateKey } from '../../db/base-schema.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Passwords } from '../../lib/password.ts';
import { createSecretToken, hashSecretToken } from '../../lib/secret-token.ts';
import type { Role } from '@wzatco/sdk/contract/constants';
import type { UserModel, UserRecord } from './user.model.ts';

/** How long an invitation link works: seven days, in milliseconds. */
const INVITATION_TIME = 7 * 24 * 60 * 60 * 1000;

/** What a new user is made of; without a password there is an invitation to choose one. */
export interface NewUser {
  email: string;
  name: string;
  role: Role;
  departmentId: string | null;
  password: string | undefined;
  maxConcurrentChats: number | undefined;
}

/** A user that is ready to be stored, and the token of the invitation where no password was given. */
export interface PreparedUser {
  fields: Omit<NewUser, 'password' | 'maxConcurrentChats'> &
    Pick<UserRecord, 'password' | 'inviteToken' | 'inviteExpiresAt'> & { maxConcurrentChats?: number };
  inviteToken: string | null;
}

/** Does the slow part, hashing, before anything is written. */
export async function prepareUser(
  { passwords, now }: { passwords: Passwords; now: () => Date },
  input: NewUser,
): Promise<PreparedUser> {
  const { password, maxConcurrentChats, ...rest } = input;
  const inviteToken = password === undefined ? createSecretToken() : null;
  return {
    inviteToken,
    fields: {
      ...rest,
      password: password === undefined ? null : await passwords.hash(password),
      ...(maxConcurrentChats === undefined ? {} : { maxConcurrentChats }),
      inviteToken: inviteToken && hashSecretToken(inviteToken),
      inviteExpiresAt: inviteToken ? new Date(now().getTime() + INVITATION_TIME) : null,
    },
  };
}

/**
 * Stores a new user, within a transaction if one is given.
 *
 * @throws CONFLICT when the address is taken.
 */
export async function storeUser(
  users: UserModel,
  { fields }: PreparedUser,
  session: ClientSession | null = null,
): Promise<UserRecord> {
  try {
    const [record] = await users.create([fields], { session });
    if (!record) throw new Error('create answers with the documents that it stored');
    return record.toObject();
  } catch (error) {
    if (isDuplicateKey(error)) {
      throw new AppError('CONFLICT', 'There is a user with this e-mail address already.');
    }
    throw error;
  }
}
