import {
  attachmentEndpoints,
  authEndpoints,
  chatEndpoints,
  clientEventTables,
  chatTriageEndpoints,
  departmentEndpoints,
  endpointTables,
  healthEndpoints,
  messageEndpoints,
  serverEventTables,
  metricEndpoints,
  noteEndpoints,
  notificationEndpoints,
  routingEndpoints,
  siteEndpoints,
  transcriptEndpoints,
  userEndpoints,
  widgetEndpoints,
  type Endpoint,
} from '@wzatco/sdk/contract';
import { LIMITS } from '@wzatco/sdk/contract/constants';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Env } from './env.ts';
import { createAttachmentHandlers } from './features/attachments/index.ts';
import { createAuthHandlers, identifyCaller } from './features/auth/index.ts';
import {
  createChatHandlers,
  createChatTriageHandlers,
  createMessageHandlers,
} from './features/chat/index.ts';
import { createHealthHandlers, type Health } from './features/health/index.ts';
import { readMetric } from './features/metrics/index.ts';
import { createNoteHandlers } from './features/notes/index.ts';
import { createNotificationHandlers } from './features/notifications/index.ts';
import { noteRequests } from './features/presence/index.ts';
import { createRoutingHandlers, readWorkload } from './features/routing/index.ts';
import { readWidgetConfig } from './features/sites/index.ts';
import { writeTranscript } from './features/transcripts/index.ts';
import type { Features } from './features.ts';
import { AppError } from './lib/app-error.ts';
import { printAsyncApi } from './lib/asyncapi.ts';
import type { Logger } from './lib/log.ts';
import { mount, type App, type AppBindings } from './lib/mount.ts';
import { printOpenApi } from './lib/openapi.ts';
import { pageOfAll } from './lib/page-of-all.ts';
import { createPace } from './lib/pace.ts';
import { securityHeaders } from './lib/security-headers.ts';
import { serveApiDocs, serveFrontEnds } from './lib/serve-front-ends.ts';
import { sendError } from './lib/send-error.ts';
import { startRequest } from './lib/start-request.ts';
import { allowOrigins } from './lib/allow-origins.ts';
import { VERSION } from './version.ts';

const PUBLIC_PATHS = new Set(
  Object.values(endpointTables)
    .flatMap((table) => Object.entries<Endpoint>(table))
    .filter(([, { access }]) => access === 'public')
    .map(([key]) => key.split(' ')[1]),
);

/**
 * The HTTP side of the server: every endpoint of the contract, the front ends, and the door before them.
 */
export function createApp(env: Env, features: Features, health: Health, log: Logger): App {
  const app: App = new Hono<AppBindings>();
  const checkReplies = !env.production;

  app.onError((error, c) => sendError(c, error));
  app.notFound((c) => sendError(c, new AppError('NOT_FOUND', 'There is nothing at this address.')));

  app.use(startRequest(env.trustProxy, log));
  app.use(securityHeaders());
  serveApiDocs(app);
  app.use('/api/*', allowOrigins(env.staffOrigins, features.siteOrigins.anyAllows));
  const pace = createPace();
  app.use('/api/*', async (_c, next) => {
    await pace();
    await next();
  });
  const limitBody = bodyLimit({ maxSize: LIMITS.jsonBodyBytes });
  // Files have a limit of their own, and are never held in memory.
  app.use('/api/*', (c, next) => (c.req.path === '/api/uploads' ? next() : limitBody(c, next)));
  app.use(
    '/api/*',
    identifyCaller(
      features.authenticator,
      features.createRateLimit({
        name: 'requests',
        points: env.rateLimitPerMinute,
        seconds: 60,
        message: 'Too many requests. Please wait a moment.',
      }),
      (path) => PUBLIC_PATHS.has(path),
    ),
  );

  app.use('/api/*', noteRequests(features.presence));

  mount(app, healthEndpoints, createHealthHandlers(health), checkReplies);
  mount(app, authEndpoints, authHandlers(env, features), checkReplies);
  mount(
    app,
    userEndpoints,
    {
      'GET /api/users': features.users.list,
      'POST /api/users': features.users.create,
      'GET /api/users/colleagues': features.users.colleagues,
      'GET /api/users/:id': features.users.get,
      'PATCH /api/users/:id': features.users.update,
      'GET /api/users/agents/online': async (_context, { query }) =>
        pageOfAll(await features.presence.online(), query, { list: 'online', keyOf: ({ name }) => name }),
      'GET /api/users/agents/:agentId/workload': (_context, { params }) =>
        readWorkload(features.models.users, features.chat.chats, params.agentId),
    },
    checkReplies,
  );
  mount(
    app,
    departmentEndpoints,
    {
      'GET /api/departments': async (_context, { query }) =>
        pageOfAll(await features.departments.list(), query, {
          list: 'departments',
          keyOf: ({ name }) => name.toLowerCase(),
        }),
      'GET /api/departments/:id': (_context, { params }) => features.departments.get(params.id),
      'POST /api/departments': (_context, { body }) => features.departments.create(body),
      'PATCH /api/departments/:id': (_context, { params, body }) =>
        features.departments.update(params.id, body),
      'DELETE /api/departments/:id': (_context, { params }) => features.departments.remove(params.id),
    },
    checkReplies,
  );
  mount(
    app,
    siteEndpoints,
    {
      'GET /api/sites': async (_context, { query }) =>
        pageOfAll(await features.sites.list(), query, { list: 'sites', keyOf: ({ name }) => name }),
      'GET /api/sites/:id': (_context, { params }) => features.sites.get(params.id),
      'POST /api/sites/:id/identity-secret': (_context, { params }) =>
        features.sites.makeIdentitySecret(params.id),
      'PATCH /api/sites/:id': features.sites.update,
    },
    checkReplies,
  );
  mount(
    app,
    widgetEndpoints,
    {
      'GET /api/widget/config': (_context, { query }) =>
        readWidgetConfig(features.models.sites, features.departments, query.site, features.chat.availability),
      'POST /api/widget/session': (context, { body }) => features.openVisitorSession(context, body),
    },
    checkReplies,
  );
  mount(app, routingEndpoints, createRoutingHandlers(features.routing), checkReplies);
  mount(app, chatEndpoints, createChatHandlers(features.chat), checkReplies);
  mount(app, chatTriageEndpoints, createChatTriageHandlers(features.chat), checkReplies);
  mount(
    app,
    transcriptEndpoints,
    {
      'GET /api/chats/:id/transcript': (context, input) => writeTranscript(features.chat, context, input),
    },
    checkReplies,
  );
  mount(
    app,
    metricEndpoints,
    {
      'GET /api/chats/:id/metrics': (context, { params }) => readMetric(features.chat, context, params.id),
    },
    checkReplies,
  );
  mount(app, noteEndpoints, createNoteHandlers(features.notes), checkReplies);
  mount(app, notificationEndpoints, createNotificationHandlers(features.notifications), checkReplies);
  mount(app, messageEndpoints, createMessageHandlers(features.chat), checkReplies);
  mount(app, attachmentEndpoints, createAttachmentHandlers(features.attachments), checkReplies);

  const openApi = printOpenApi(endpointTables, VERSION);
  app.get('/api/openapi.json', (c) => c.json(openApi));
  const asyncApi = printAsyncApi(Object.values(clientEventTables), Object.values(serverEventTables), VERSION);
  app.get('/api/asyncapi.json', (c) => c.json(asyncApi(c.get('context').serverOrigin)));
  serveFrontEnds(app);
  return app;
}

function authHandlers(env: Env, features: Features) {
  const minutes15 = 15 * 60;
  const { createRateLimit } = features;
  const message = 'Too many attempts. Please wait a few minutes and try again.';
  return createAuthHandlers({
    users: features.models.users,
    sessions: features.models.sessions,
    departments: features.departments,
    loginSessions: features.loginSessions,
    setup: features.setup,
    tokens: features.tokens,
    signInOfAddress: createRateLimit({
      name: 'sign-in-of-address',
      points: env.production ? 100 : 1000,
      seconds: minutes15,
      message,
    }),
    signIn: createRateLimit({ name: 'sign-in', points: 10, seconds: minutes15, message }),
    links: createRateLimit({ name: 'links', points: 20, seconds: minutes15, message }),
    passwords: features.passwords,
    secureCookie: env.production,
    now: features.chat.now,
  });
}
