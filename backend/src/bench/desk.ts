import { Types } from 'mongoose';
import { connectDatabase, ensureIndexes } from '../db/connect.ts';
import { SCHEMA_VERSION } from '../db/migrations/migrations.ts';
import { defineSessionModel } from '../features/auth/index.ts';
import { defineChatModel, defineMessageModel, preview, type ChatRecord } from '../features/chat/index.ts';
import { defineCustomerModel } from '../features/customers/index.ts';
import { defineDepartmentModel } from '../features/departments/index.ts';
import { defineInstallationModel, prepareInstallation } from '../features/installation/index.ts';
import { defineSiteModel } from '../features/sites/index.ts';
import { defineUserModel } from '../features/users/index.ts';
import { createTokens } from '../lib/jwt.ts';
import { createSecretToken } from '../lib/secret-token.ts';

/** Signs the tokens of everybody at the desk. */
export const JWT_SECRET = 'a secret of the benchmark, which nobody else uses';
/** Of every agent. */
export const PASSWORD = 'a-long-enough-password';

/** A customer and the agent who has their chat. */
export interface Couple {
  chatId: string;
  customerToken: string;
  agentToken: string;
  agentEmail: string;
}

const BATCH = 1_000;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Makes the data of a desk where every customer talks with an agent of their own, in a department of their own: what
 * a message is told to is then one customer and one agent.
 *
 * @param lengths How many messages are in each chat already.
 */
export async function fillDesk(dataDir: string, lengths: readonly number[]): Promise<Couple[]> {
  const database = await connectDatabase({ dataDir });
  const { connection } = database;
  const models = {
    installations: defineInstallationModel(connection),
    departments: defineDepartmentModel(connection),
    sites: defineSiteModel(connection),
    users: defineUserModel(connection),
    sessions: defineSessionModel(connection),
    customers: defineCustomerModel(connection),
    chats: defineChatModel(connection),
    messages: defineMessageModel(connection),
  };
  const siteId = new Types.ObjectId();
  const password = await Bun.password.hash(PASSWORD, { algorithm: 'bcrypt', cost: 12 });
  const people = lengths.map((messages, number) => castCouple(siteId, number, messages, password));
  try {
    await ensureIndexes(connection);
    await prepareInstallation(models.installations, SCHEMA_VERSION);
    await models.sites.create({
      _id: siteId,
      key: 'bench',
      name: 'Bench',
      identitySecret: createSecretToken(),
      theme: { accent: '#0055aa' },
      texts: { title: 'Hello', greeting: 'How can we help?' },
      departmentIds: [],
      preChatForm: { name: 'required', email: 'optional', department: 'optional' },
    });
    for (let at = 0; at < people.length; at += BATCH) {
      const part = people.slice(at, at + BATCH);
      await models.departments.insertMany(part.map(({ department }) => department));
      await models.users.insertMany(part.map(({ user }) => user));
      await models.sessions.insertMany(part.map(({ session }) => session));
      await models.customers.insertMany(part.map(({ customer }) => customer));
      await models.chats.insertMany(part.map(({ chat }) => chat));
    }
    for (const { chat } of people) {
      for (let seq = 1; seq <= chat.lastSeq; seq += BATCH) {
        const length = Math.min(BATCH, chat.lastSeq - seq + 1);
        await models.messages.insertMany(Array.from({ length }, (_, at) => messageOf(chat, seq + at)));
      }
    }
  } finally {
    await database.close();
  }
  const tokens = createTokens(JWT_SECRET);
  return await Promise.all(
    people.map(async ({ chat, customer, user, session }) => ({
      chatId: String(chat._id),
      customerToken: await tokens.signVisitor({ customerId: String(customer._id), siteId: String(siteId) }),
      agentToken: await tokens.signStaff({ id: String(user._id), sid: String(session._id) }),
      agentEmail: user.email,
    })),
  );
}

function castCouple(siteId: Types.ObjectId, number: number, messages: number, password: string) {
  const now = new Date();
  const department = { _id: new Types.ObjectId(), name: `Team ${number}`, nameKey: `team ${number}` };
  const user = {
    _id: new Types.ObjectId(),
    email: `agent${number}@bench.example`,
    name: `Agent ${number}`,
    password,
    role: 'agent' as const,
    departmentId: department._id,
    lastActiveAt: now,
    presence: 'online' as const,
    maxConcurrentChats: 10,
  };
  const customer = { _id: new Types.ObjectId(), siteId, name: `Customer ${number}`, lastSeenAt: now };
  return {
    department,
    user,
    customer,
    session: {
      _id: new Types.ObjectId(),
      userId: user._id,
      sessionToken: createSecretToken(),
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + DAY),
    },
    chat: {
      _id: new Types.ObjectId(),
      siteId,
      customerId: customer._id,
      customerName: customer.name,
      departmentId: department._id,
      status: 'active' as const,
      assignedAgentId: user._id,
      lastSeq: messages,
      lastRev: messages,
      lastMessage: preview('Hello?', 'customer', now),
      openKey: `${String(siteId)}:${String(customer._id)}`,
      lastActivityAt: now,
      queuedAt: now,
      assignedAt: now,
      firstResponseAt: now,
    },
  };
}

function messageOf(chat: Pick<ChatRecord, '_id' | 'customerId' | 'customerName'>, seq: number) {
  return {
    chatId: chat._id,
    seq,
    rev: seq,
    sender: 'customer' as const,
    senderId: chat.customerId,
    senderName: chat.customerName,
    content: `Message ${seq}: where is my parcel?`,
  };
}
