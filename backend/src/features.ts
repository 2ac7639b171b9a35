import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { createBus, type Bus } from './lib/bus.ts';
import type { InTurn } from './lib/in-turn.ts';
import { createTokens, type Tokens } from './lib/jwt.ts';
import type { Logger } from './lib/log.ts';
import type { Peers } from './lib/peers.ts';
import type { CreateRateLimit } from './lib/rate-limit.ts';
import { createPasswords, type Passwords } from './lib/password.ts';
import { createWriteGate, type WriteLimits } from './lib/write-gate.ts';
import type { Env } from './env.ts';
import { makeFirstData } from './first-data.ts';
import { createJobs, defineJobModel, type Jobs } from './jobs.ts';
import {
  createUploadLimits,
  defineAttachmentModel,
  type AttachmentNeeds,
} from './features/attachments/index.ts';
import {
  createAuthenticator,
  createLoginSessions,
  createSetup,
  defineSessionModel,
  type Authenticator,
  type LoginSessions,
  type SessionModel,
  type Setup,
} from './features/auth/index.ts';
import {
  type ChatNeeds,
  IDLE_JOB,
  createAgentCards,
  createWritingLimits,
  currentChat,
  defineChatModel,
  defineMessageModel,
  defineMessageRevisionModel,
  followIdleChat,
  seesChat,
} from './features/chat/index.ts';
import { defineCustomerModel } from './features/customers/index.ts';
import {
  createDepartmentService,
  defineDepartmentModel,
  type DepartmentService,
} from './features/departments/index.ts';
import { defineInstallationModel } from './features/installation/index.ts';
import {
  defineChatMetricModel,
  keepMetrics,
  MEASURE_JOB,
  sweepMetrics,
  type MetricNeeds,
} from './features/metrics/index.ts';
import { defineNoteModel, type NoteNeeds } from './features/notes/index.ts';
import {
  defineNotificationModel,
  keepMentions,
  MENTION_JOB,
  sweepMentions,
  type NotificationNeeds,
} from './features/notifications/index.ts';
import { createPresenceService, type PresenceService } from './features/presence/index.ts';
import {
  defineRoutingDecisionModel,
  readAvailability,
  readDepartmentUse,
  recordAssignment,
  type RoutingNeeds,
} from './features/routing/index.ts';
import {
  createChatRules,
  createSiteOrigins,
  createSiteService,
  createVisitorSessions,
  defineSiteModel,
  type SiteModel,
  type SiteOrigins,
  type SiteService,
} from './features/sites/index.ts';
import {
  createUserService,
  defineUserModel,
  type UserModel,
  type UserService,
} from './features/users/index.ts';

/** What the server is made from. */
export interface FeatureNeeds {
  env: Env;
  connection: Connection;
  log: Logger;
  /** The shape of the data that this program writes. */
  schemaVersion: number;
  /** Keeps the order of what must not overtake, where the database does not. */
  inTurn: InTurn;
  /** The other processes of this installation. */
  peers: Peers;
  /** Makes limits, shared with the other processes. */
  createRateLimit: CreateRateLimit;
  /** The clock; tests set it. */
  now: () => Date;
  /** How much may be under way; tests allow less. */
  writeLimits?: WriteLimits;
  /** Milliseconds that an agent stays present without a connection; tests take fewer. */
  presenceGraceTime?: number;
  /** bcrypt's work factor; tests, which make hundreds of users, take less. */
  passwordCost?: number;
}

/** The product's parts, wired together; nothing of it runs by itself yet. */
export interface Features {
  bus: Bus;
  jobs: Jobs;
  peers: Peers;
  createRateLimit: CreateRateLimit;
  tokens: Tokens;
  passwords: Passwords;
  models: { users: UserModel; sessions: SessionModel; sites: SiteModel };
  departments: DepartmentService;
  users: UserService;
  loginSessions: LoginSessions;
  setup: Setup;
  authenticator: Authenticator;
  sites: SiteService;
  siteOrigins: SiteOrigins;
  openVisitorSession: ReturnType<typeof createVisitorSessions>;
  presence: PresenceService;
  chat: ChatNeeds;
  attachments: AttachmentNeeds;
  notes: NoteNeeds;
  notifications: NotificationNeeds;
  routing: RoutingNeeds;
  /** Makes what exists from the first start. */
  prepare(): Promise<void>;
}

export function createFeatures({
  env,
  connection,
  log,
  schemaVersion,
  inTurn,
  peers,
  createRateLimit,
  now,
  writeLimits,
  presenceGraceTime,
  passwordCost,
}: FeatureNeeds): Features {
  const bus = createBus(log);
  const jobs = createJobs({ rows: defineJobModel(connection), log, now });
  const tokens = createTokens(env.jwtSecret, now);
  const passwords = createPasswords(passwordCost);
  const installations = defineInstallationModel(connection);
  const users = defineUserModel(connection);
  const sessions = defineSessionModel(connection);
  const sites = defineSiteModel(connection);
  const customers = defineCustomerModel(connection);
  const chats = defineChatModel(connection);
  const messages = defineMessageModel(connection);
  const departmentModel = defineDepartmentModel(connection);

  const departments = createDepartmentService({
    departments: departmentModel,
    bus,
    peers,
    now,
    useOf: (id) => readDepartmentUse(users, chats, id),
  });
  const chatRules = createChatRules(sites, now);
  const siteOrigins = createSiteOrigins(sites, !env.production);
  const loginSessions = createLoginSessions({
    users,
    sessions,
    tokens,
    bus,
    secureCookie: env.production,
    now,
  });
  const setup = createSetup({ connection, users, installations, jwtSecret: env.jwtSecret, passwords, now });
  const attachments: AttachmentNeeds = {
    attachments: defineAttachmentModel(connection),
    folder: join(env.dataDir, 'uploads'),
    maxBytes: env.uploadMaxBytes,
    clamav: env.clamav,
    limits: createUploadLimits(createRateLimit, env.uploadMaxBytes),
    seesChat: (actor, chatId) => seesChat(chats, actor, chatId),
    now,
  };
  const presence = createPresenceService({
    users,
    departments,
    bus,
    peers,
    jobs,
    now,
    ...(presenceGraceTime === undefined ? {} : { graceTime: presenceGraceTime }),
  });
  const decisions = defineRoutingDecisionModel(connection);
  const chat: ChatNeeds = {
    connection,
    chats,
    messages,
    messageRevisions: defineMessageRevisionModel(connection),
    customers,
    users,
    sites,
    chatRules,
    agentCards: createAgentCards({ users, bus, now }),
    departments,
    attachments,
    bus,
    jobs,
    availability: (site, departmentId) =>
      readAvailability({ presence, departments, now }, site, departmentId),
    recordAssignment: (assigned, session) =>
      recordAssignment({ decisions, chat: { now } }, assigned, session),
    inTurn,
    writes: createWriteGate(writeLimits),
    limits: createWritingLimits(createRateLimit, env),
    now,
  };
  const notes: NoteNeeds = { notes: defineNoteModel(connection), chat };
  const notifications: NotificationNeeds = {
    notifications: defineNotificationModel(connection),
    notes: notes.notes,
    chat,
  };
  keepMentions(notifications);
  jobs.handle(MENTION_JOB, () => sweepMentions(notifications));
  const routing: RoutingNeeds = {
    chat,
    presence,
    jobs,
    notes,
    decisions,
  };
  const metrics: MetricNeeds = { metrics: defineChatMetricModel(connection), chat };
  keepMetrics(metrics);
  jobs.handle(MEASURE_JOB, () => sweepMetrics(metrics));
  jobs.handle(IDLE_JOB, (chatId) => followIdleChat(chat, chatId));
  return {
    bus,
    jobs,
    peers,
    createRateLimit,
    tokens,
    passwords,
    models: { users, sessions, sites },
    departments,
    users: createUserService({ connection, installations, users, departments, bus, passwords, now }),
    loginSessions,
    setup,
    authenticator: createAuthenticator({
      users,
      sessions,
      customers,
      sites,
      tokens,
      siteOrigins,
      staffOrigins: env.staffOrigins,
      now,
    }),
    sites: createSiteService({ sites, departments, chatRules, bus }),
    siteOrigins,
    openVisitorSession: createVisitorSessions({
      sites,
      customers,
      tokens,
      origins: siteOrigins,
      newVisitors: createRateLimit({
        name: 'new-visitors',
        points: env.rateLimitPerMinute,
        seconds: 60,
        message: 'Too many new visitors from your address. Please wait a minute.',
      }),
      currentChat: (customerId) => currentChat(chat, customerId),
      now,
    }),
    presence,
    chat,
    attachments,
    notes,
    notifications,
    routing,
    prepare: () => makeFirstData({ env, schemaVersion, installations, departments, sites, jobs, setup, now }),
  };
}
