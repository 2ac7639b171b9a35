import type { VisitorSession, widgetEndpoints } from '../contract/widget.ts';
import { openStorage } from '../lib/storage.ts';
import { createAttachmentsApi } from './attachments-api.ts';
import { caller } from './call.ts';
import type { ChatEndpoints } from './chat-endpoints.ts';
import { ClientError } from './client-error.ts';
import { openOutbox } from './open-outbox.ts';
import { openUploads } from './open-uploads.ts';
import { isRetryable } from './outbox-rules.ts';
import { createRealtime } from './realtime.ts';
import { resolveServer } from './resolve-server.ts';
import { createTransport } from './transport.ts';
import { createVisitorChats } from './visitor-chats.ts';
import type { VisitorClient, VisitorClientOptions } from './visitor-client.ts';
import { createVisitorSessions } from './visitor-session.ts';

/**
 * The customer's side of WZATCO: one visitor of one site. Creating it does nothing; `start()` or `openChat()` does.
 *
 * @example
 * const client = createVisitorClient({ server: 'https://support.example.com', site: 'default' });
 * await client.start();
 * const chat = client.chat.get() ?? (await client.openChat({ name: 'Ada', message: 'Hello' }));
 * chat.state.subscribe(({ messages }) => render(messages));
 */
export function createVisitorClient(options: VisitorClientOptions): VisitorClient {
  const { site, identity, storage = 'local' } = options;
  const server = resolveServer(options.server);
  const name = `wzatco:${server.base}:${site}`;

  const transport = createTransport({
    base: server.base,
    credentials: async (signedIn) => ({ token: signedIn ? await sessions.token() : null, cookie: 'omit' }),
    renew: (used) => sessions.renew(used),
    onAnswer: () => realtime.hint(),
  });
  const publicCall = caller<typeof widgetEndpoints>(transport, { signedIn: false });
  const sessions = createVisitorSessions({
    call: publicCall,
    site,
    identity,
    storage: openStorage(storage),
    storageKey: name,
  });
  const realtime = createRealtime({ server, token: sessions.token, renew: sessions.renew });
  const writer = { owner: sessions.writer, isOwner: sessions.isWriter };
  const outbox = openOutbox({
    ...writer,
    name: `${name}:outbox`,
    storage,
    async deliver(entry) {
      // Before anything goes out the server has said who this is; what another person left here waits for them.
      await sessions.token();
      if (!sessions.isWriter(entry.owner)) throw new ClientError('OFFLINE', 'Its writer is not here.', 0);
      return chats.deliver(entry);
    },
    onGone: ({ attachments = [] }) => uploads.settle(attachments),
  });
  const uploads = openUploads({ ...writer, name: `${name}:uploads`, storage, transport });
  const chats = createVisitorChats({
    call: caller<ChatEndpoints>(transport),
    realtime,
    outbox,
    uploads,
    download: transport.download,
    sessions,
  });

  let starting: Promise<VisitorSession> | null = null;
  /** Grows with each stop, so that an answer that was under way starts nothing. */
  let life = 0;
  let unlisten: (() => void)[] = [];
  /** What earlier lives of the page left to be sent is here, and its chat is shown. */
  let loaded: Promise<void> = Promise.resolve();
  let customerId: string | null = null;

  function follow(session: VisitorSession | null): void {
    const isOther = customerId !== null && session !== null && customerId !== session.customer.id;
    customerId = session?.customer.id ?? null;
    if (session) takeUp();
    chats.follow(session);
    // The live connection is still that of the customer before.
    if (isOther) realtime.restart();
  }

  /** What was left to be sent by who writes now goes on, and its chat is shown. */
  function takeUp(): void {
    void uploads.start();
    loaded = outbox.start().then(() => chats.resume());
  }

  async function begin(): Promise<VisitorSession> {
    const mine = life;
    unlisten.forEach((off) => off());
    unlisten = [
      sessions.current.subscribe(follow),
      realtime.state.subscribe((state) => {
        if (state !== 'online') return;
        outbox.kick();
        uploads.kick();
      }),
    ];
    takeUp();
    try {
      const session = await sessions.open();
      await loaded;
      if (mine !== life) throw new ClientError('OFFLINE', 'The client has been stopped.', 0);
      realtime.start();
      return session;
    } catch (error) {
      // The connection goes on trying where that may help, and finds the session by itself.
      if (mine === life && error instanceof ClientError && isRetryable(error)) realtime.start();
      throw error;
    }
  }

  function start(): Promise<VisitorSession> {
    if (starting) return starting;
    const running = begin();
    starting = running;
    running.catch(() => {
      if (starting === running) starting = null;
    });
    return running;
  }

  function stop(): void {
    life += 1;
    starting = null;
    unlisten.forEach((off) => off());
    unlisten = [];
    chats.stop();
    realtime.stop();
    outbox.stop();
    uploads.stop();
    transport.stop();
  }

  return {
    connection: realtime.state,
    session: sessions.current,
    chat: chats.current,
    hasStoredVisitor: sessions.hasStored,
    config: () => publicCall('GET /api/widget/config', { query: { site } }),
    start,
    async openChat(input) {
      // Where it fails, the opening meets the same failure and tells it.
      start().catch(() => undefined);
      // Where a chat has something unsent, this goes out behind it.
      await loaded;
      return chats.open(input);
    },
    async logout() {
      stop();
      const names = sessions.names();
      sessions.forget();
      chats.forget();
      await Promise.all([outbox.clear(names), uploads.clear(names)]);
    },
    attachments: createAttachmentsApi(server.base, transport),
    on: realtime.on,
    stop,
  };
}
