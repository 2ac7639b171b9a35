import type { authEndpoints } from '../contract/auth.ts';
import type { departmentEndpoints } from '../contract/departments.ts';
import type { notificationEndpoints } from '../contract/notifications.ts';
import type { siteEndpoints } from '../contract/sites.ts';
import type { userEndpoints } from '../contract/users.ts';
import { allPages } from './all-pages.ts';
import { createAgentChats } from './agent-chats.ts';
import type { AgentClient, AgentClientOptions } from './agent-client.ts';
import { createAgentOffers } from './agent-offers.ts';
import { createAgentPresence } from './agent-presence.ts';
import { createAgentSessions } from './agent-session.ts';
import { createAttachmentsApi } from './attachments-api.ts';
import { caller } from './call.ts';
import type { ChatEndpoints } from './chat-endpoints.ts';
import { createAuthApi } from './create-auth-api.ts';
import type { DepartmentsApi } from './departments-api.ts';
import type { NotificationsApi } from './notifications-api.ts';
import { openOutbox } from './open-outbox.ts';
import { openUploads } from './open-uploads.ts';
import { createRealtime } from './realtime.ts';
import { resolveServer } from './resolve-server.ts';
import type { SitesApi } from './sites-api.ts';
import { createTransport } from './transport.ts';
import type { UsersApi } from './users-api.ts';

/**
 * The staff's side of WZATCO. Creating it does nothing; `start()` or `auth.login()` does.
 *
 * @example
 * const client = createAgentClient({ server: location.origin });
 * await client.start();
 * if (client.session.get().status !== 'signed-in') await client.auth.login({ email, password });
 * await client.setPresence('online');
 * client.on('new_chat', ({ chatId }) => client.chats.assign(chatId));
 */
export function createAgentClient({ server, storage = 'local' }: AgentClientOptions): AgentClient {
  const address = resolveServer(server);

  const transport = createTransport({
    base: address.base,
    credentials: (signedIn) => ({ token: signedIn ? sessions.jwt() : null, cookie: 'include' }),
    renew: (used) => sessions.renew(used),
    onAnswer: () => realtime.hint(),
  });
  const sessions = createAgentSessions({
    call: caller<typeof authEndpoints>(transport, { signedIn: false }),
    onToken() {
      void uploads.start();
      void outbox.start().then(outbox.kick);
      realtime.restart();
      realtime.start();
    },
    onOver() {
      realtime.stop();
      outbox.stop();
      uploads.stop();
    },
  });
  const realtime = createRealtime({ server: address, token: sessions.token, renew: sessions.renew });
  const outbox = openOutbox({
    name: `wzatco:${address.base}:agent-outbox`,
    owner: () => sessions.current.get().user?.id ?? '',
    storage,
    deliver: (entry) => chats.deliver(entry),
    onGone: ({ attachments = [] }) => uploads.settle(attachments),
  });
  const uploads = openUploads({
    name: `wzatco:${address.base}:agent-uploads`,
    owner: () => sessions.current.get().user?.id ?? '',
    storage,
    transport,
  });
  const session = sessions.current;
  const chats = createAgentChats({
    call: caller<ChatEndpoints>(transport),
    realtime,
    outbox,
    uploads,
    download: transport.download,
    session,
  });
  const userCall = caller<typeof userEndpoints>(transport);
  const presence = createAgentPresence({ call: userCall, realtime, session });
  const offers = createAgentOffers({ realtime, session });
  const departmentCall = caller<typeof departmentEndpoints>(transport);
  const notificationCall = caller<typeof notificationEndpoints>(transport);
  const siteCall = caller<typeof siteEndpoints>(transport);

  realtime.state.subscribe((state) => {
    if (state !== 'online') return;
    outbox.kick();
    uploads.kick();
  });

  const users: UsersApi = {
    list: (query = {}) => userCall('GET /api/users', { query }),
    get: (id) => userCall('GET /api/users/:id', { params: { id } }),
    create: (body) => userCall('POST /api/users', { body }),
    update: (id, body) => userCall('PATCH /api/users/:id', { params: { id }, body }),
    online: () => allPages((query) => userCall('GET /api/users/agents/online', { query })),
    colleagues: () => allPages((query) => userCall('GET /api/users/colleagues', { query })),
    workload: (agentId) => userCall('GET /api/users/agents/:agentId/workload', { params: { agentId } }),
  };

  const departments: DepartmentsApi = {
    list: () => allPages((query) => departmentCall('GET /api/departments', { query })),
    get: (id) => departmentCall('GET /api/departments/:id', { params: { id } }),
  };

  const sites: SitesApi = {
    list: () => allPages((query) => siteCall('GET /api/sites', { query })),
    get: (id) => siteCall('GET /api/sites/:id', { params: { id } }),
    update: (id, body) => siteCall('PATCH /api/sites/:id', { params: { id }, body }),
    makeIdentitySecret: async (id) =>
      (await siteCall('POST /api/sites/:id/identity-secret', { params: { id } })).identitySecret,
  };

  const notifications: NotificationsApi = {
    list: (query = {}) => notificationCall('GET /api/notifications', { query }),
    unread: () => notificationCall('GET /api/notifications/unread'),
    markRead: (body) => notificationCall('POST /api/notifications/read', { body }),
  };

  return {
    connection: realtime.state,
    session,
    presence: presence.status,
    start: sessions.resume,
    setPresence: presence.set,
    offers: offers.open,
    acceptOffer: offers.accept,
    declineOffer: offers.decline,
    syncInbox: (since) => realtime.request('sync_inbox', since === undefined ? {} : { since }),
    auth: createAuthApi(transport, sessions),
    users,
    departments,
    sites,
    chats,
    notifications,
    attachments: createAttachmentsApi(address.base, transport),
    on: realtime.on,
    stop() {
      realtime.stop();
      outbox.stop();
      uploads.stop();
      transport.stop();
    },
  };
}
