import type { Readable } from '../lib/readable.ts';
import type { AgentSession } from './agent-client.ts';
import type { Call } from './call.ts';
import type { ChatEndpoints } from './chat-endpoints.ts';
import type { ChatsApi } from './chats-api.ts';
import { createChatStore, type OwnedChatStore } from './create-chat-store.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import type { Realtime } from './realtime.ts';
import { socketElseHttp } from './socket-else-http.ts';
import type { Transport } from './transport.ts';
import type { Uploads } from './uploads.ts';

/** An agent's chats: those on the server, and those that are open here. */
export interface AgentChats extends ChatsApi {
  /** Brings an entry of the outbox to the server; answers its chat. */
  deliver(entry: OutboxEntry): Promise<string>;
}

export interface AgentChatsOptions {
  call: Call<ChatEndpoints>;
  realtime: Realtime;
  outbox: Outbox;
  uploads: Uploads;
  download: Transport['download'];
  session: Readable<AgentSession>;
}

export function createAgentChats({
  call,
  realtime,
  outbox,
  uploads,
  download,
  session,
}: AgentChatsOptions): AgentChats {
  const stores = new Set<OwnedChatStore>();

  function viewer() {
    const { user } = session.get();
    return { side: 'agent', id: user?.id ?? '', name: user?.name ?? '' } as const;
  }

  function onDispose(store: OwnedChatStore): void {
    stores.delete(store);
    const isStillOpen = [...stores].some(({ id }) => id === store.id);
    if (!isStillOpen) realtime.tell('unwatch_chat', { chatId: store.id });
  }

  return {
    list: (query = {}) => call('GET /api/chats', { query }),
    get: (id) => call('GET /api/chats/:id', { params: { id } }),
    assign: (id, agentId) =>
      call('POST /api/chats/:id/assign', { params: { id }, body: agentId ? { agentId } : {} }),
    close: (id) => call('POST /api/chats/:id/close', { params: { id } }),
    transfer: (id, to) => call('POST /api/chats/:id/transfer', { params: { id }, body: { ...to } }),
    routing: (id, query = {}) => call('GET /api/chats/:id/routing', { params: { id }, query }),
    setPriority: (id, priority) => call('PATCH /api/chats/:id', { params: { id }, body: { priority } }),
    setTags: (id, tags) => call('PUT /api/chats/:id/tags', { params: { id }, body: { tags: [...tags] } }),
    notes: (id, query = {}) => call('GET /api/chats/:id/notes', { params: { id }, query }),
    addNote: (id, body) => call('POST /api/chats/:id/notes', { params: { id }, body }),
    messageHistory: (id, messageId, query = {}) =>
      call('GET /api/chats/:id/messages/:messageId/history', { params: { id, messageId }, query }),
    metrics: (id) => call('GET /api/chats/:id/metrics', { params: { id } }),
    open(id) {
      const store = createChatStore({
        id,
        viewer,
        call,
        realtime,
        outbox,
        uploads,
        download,
        attach: 'watch_chat',
        onDispose,
      });
      stores.add(store);
      return store;
    },
    async deliver({ id, lane, text, attachments }) {
      const body = { message: text, clientMessageId: id, ...(await uploads.named(attachments)) };
      const message = await socketElseHttp(
        () => realtime.request('agent_message', { chatId: lane, ...body }),
        () => call('POST /api/chats/:id/messages', { params: { id: lane }, body }),
      );
      for (const store of stores) if (store.id === lane) store.receive(message);
      return lane;
    },
  };
}
