import { trusted, type Connection, type Types } from 'mongoose';
import { ensureIndexes } from '../db/connect.ts';
import { SCHEMA_VERSION } from '../db/migrations/migrations.ts';
import { defineSessionModel } from '../features/auth/index.ts';
import { defineChatModel, defineMessageModel, defineMessageRevisionModel } from '../features/chat/index.ts';
import { defineCustomerModel } from '../features/customers/index.ts';
import { defineDepartmentModel } from '../features/departments/index.ts';
import { defineInstallationModel, prepareInstallation } from '../features/installation/index.ts';
import { defineNoteModel } from '../features/notes/index.ts';
import { defineSiteModel } from '../features/sites/index.ts';
import { defineUserModel } from '../features/users/index.ts';
import { createSecretToken } from '../lib/secret-token.ts';
import { BRANDS, DEPARTMENTS } from './brands.ts';
import { CUSTOMERS } from './customers.ts';
import { castNotes } from './cast-notes.ts';
import { castChats, type Desk } from './cast-chats.ts';
import { portraitOf } from './portrait.ts';
import { createRandom, type Random } from './random.ts';
import { COLLEAGUES, LOGINS, PASSWORD } from './staff.ts';

const DAY = 24 * 60 * 60 * 1000;
const MONTH = 30 * DAY;

/** Where those whom people sign in as are signed in already. */
const DEVICES = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0',
];

/**
 * Fills an empty database with a support desk: brands, departments, people, and some three hundred chats. The same
 * seed gives the same desk, told from `now` backwards.
 */
export async function fillDesk(
  connection: Connection,
  { seed, now }: { seed: number; now: Date },
): Promise<void> {
  const random = createRandom(seed);
  const models = {
    installations: defineInstallationModel(connection),
    departments: defineDepartmentModel(connection),
    sites: defineSiteModel(connection),
    users: defineUserModel(connection),
    sessions: defineSessionModel(connection),
    customers: defineCustomerModel(connection),
    chats: defineChatModel(connection),
    messages: defineMessageModel(connection),
    revisions: defineMessageRevisionModel(connection),
    notes: defineNoteModel(connection),
  };
  await ensureIndexes(connection);
  await prepareInstallation(models.installations, SCHEMA_VERSION);

  const desk = castPeople(random, now);
  await models.departments.insertMany(
    [...desk.departments].map(([name, _id]) => ({ _id, name, nameKey: name.toLowerCase() })),
  );
  await models.sites.insertMany(
    desk.brands.map(({ brand, _id }) => ({
      _id,
      key: brand.key,
      name: brand.name,
      identitySecret: createSecretToken(),
      theme: { accent: brand.accent },
      texts: { title: brand.title, greeting: brand.greeting },
      departmentIds: brand.departments.map((name) => desk.departments.get(name)),
      preChatForm: { name: 'required', email: 'optional', department: 'optional' },
    })),
  );
  // Printed for everybody to read, so it need not be slow to guess: a dozen people sign in while the demo starts.
  const password = await Bun.password.hash(PASSWORD, { algorithm: 'bcrypt', cost: 4 });
  await models.users.insertMany(
    desk.staff.map(({ colleague, _id }, index) => ({
      _id,
      email: colleague.email,
      name: colleague.name,
      password,
      // The first few have no picture, as in life: their initials stand for them.
      avatar: index < 3 ? null : portraitOf(index),
      role: colleague.role,
      departmentId:
        colleague.department === null ? null : (desk.departments.get(colleague.department) ?? null),
      lastActiveAt: new Date(now.getTime() - random.between(6, 4_000) * 60_000),
      presence: colleague.presence === 'offline' ? null : colleague.presence,
      maxConcurrentChats: random.between(4, 10),
    })),
  );
  await models.sessions.insertMany(
    desk.staff
      .filter(({ colleague }) => LOGINS.includes(colleague))
      .flatMap(({ _id }) => DEVICES.map((device) => sessionOf(random, _id, device, now))),
  );
  await models.customers.insertMany(
    desk.customers.map(({ somebody, _id, brand }) => ({
      _id,
      siteId: brand._id,
      name: somebody.name,
      email: somebody.email,
      lastSeenAt: now,
    })),
  );

  const written = castChats(random, desk, now);
  await models.chats.insertMany(written.map(({ chat }) => chat));
  const messages = written.flatMap((chat) => chat.messages);
  await models.messages.insertMany(messages);
  // A new message may not be empty; deleting one empties it.
  const deleted = messages.filter(({ deletedAt }) => deletedAt !== null).map(({ _id }) => _id);
  await models.messages.updateMany({ _id: trusted({ $in: deleted }) }, { $set: { content: '' } });
  await models.revisions.insertMany(written.flatMap(({ revisions }) => revisions));
  await models.notes.insertMany(castNotes(random, desk, written));
}

/** A login of some days ago that goes on: nobody knows its token. */
function sessionOf(random: Random, userId: Types.ObjectId, userAgent: string, now: Date) {
  const createdAt = new Date(now.getTime() - random.between(2, 9) * DAY);
  return {
    _id: random.idAt(createdAt),
    userId,
    sessionToken: createSecretToken(),
    userAgent,
    ipAddress: `203.0.113.${random.between(2, 250)}`,
    lastUsedAt: new Date(now.getTime() - random.between(60, 2_400) * 60_000),
    expiresAt: new Date(createdAt.getTime() + 15 * DAY),
    createdAt,
  };
}

/** Gives everybody an id. */
function castPeople(random: Random, now: Date): Desk {
  const id = (): Types.ObjectId => random.idAt(new Date(now.getTime() - 7 * MONTH));
  const brands = BRANDS.map((brand) => ({ brand, _id: id() }));
  return {
    departments: new Map(DEPARTMENTS.map((name) => [name, id()])),
    brands,
    staff: [...LOGINS, ...COLLEAGUES].map((colleague) => ({ colleague, _id: id() })),
    customers: CUSTOMERS.map((somebody) => ({ somebody, _id: id(), brand: random.pick(brands) })),
  };
}
