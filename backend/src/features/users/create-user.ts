import { mongo } from 'mongoose';
import { AppError } from '../../lib/app-error.ts';
import { hashPassword } from '../../lib/password.ts';
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

/**
 * Stores a new user.
 *
 * @returns The record, and the token of the invitation where no password was given (kept only as a digest).
 * @throws CONFLICT when the address is taken.
 */
export async function createUser(
  users: UserModel,
  input: NewUser,
  now: Date,
): Promise<{ record: UserRecord; inviteToken: string | null }> {
  const inviteToken = input.password === undefined ? createSecretToken() : null;
  const { password, departmentId, maxConcurrentChats, ...rest } = input;
  try {
    const record = await users.create({
      ...rest,
      departmentId,
      password: password === undefined ? null : await hashPassword(password),
      ...(maxConcurrentChats === undefined ? {} : { maxConcurrentChats }),
      inviteToken: inviteToken && hashSecretToken(inviteToken),
      inviteExpiresAt: inviteToken && new Date(now.getTime() + INVITATION_TIME),
    });
    return { record: record.toObject(), inviteToken };
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11_000) {
      throw new AppError('CONFLICT', 'There is a user with this e-mail address already.');
    }
    throw error;
  }
}
