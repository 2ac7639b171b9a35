import { ClientError } from '../client/index.ts';
import type {
  ChatState,
  ChatStore,
  ConnectionState,
  OpenChatInput,
  VisitorClient,
  VisitorSession,
  WidgetConfig,
} from '../client/index.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import { unreadCount } from './unread-count.ts';

/** All that the widget shows, in one value. A new object at each change. */
export interface SupportState {
  config: WidgetConfig | null;
  /** Is something being fetched without which nothing can be shown? */
  loading: boolean;
  /** Why it could not be fetched. */
  failure: ClientError | null;
  connection: ConnectionState;
  session: VisitorSession | null;
  chat: ChatStore | null;
  chatState: ChatState | null;
  /** Was a chat opened on this page, rather than found from before? */
  openedHere: boolean;
  unread: number;
}

/** The client as the widget uses it: one state to watch, and what starts things. */
export interface Support {
  readonly client: VisitorClient;
  readonly state: Readable<SupportState>;
  /** Fetches what the panel needs: the site's settings and, for a visitor who is known, their chat. */
  load(): Promise<void>;
  /** Asks again whether somebody is there; false where that cannot be asked: what is known stands. */
  refresh(): Promise<boolean>;
  /** Opens a chat; rejects with a `ClientError` where the server refuses it. */
  openChat(input: OpenChatInput): Promise<void>;
  /** Leaves no timer, listener or socket. */
  dispose(): void;
}

/** `known`: connect at once, because somebody is already known (by a token from before, or an identity). */
export function createSupport(client: VisitorClient, known: boolean): Support {
  const state = createReadable<SupportState>({
    config: null,
    loading: false,
    failure: null,
    connection: client.connection.get(),
    session: client.session.get(),
    chat: null,
    chatState: null,
    openedHere: false,
    unread: 0,
  });
  const change = (part: Partial<SupportState>): void => state.set({ ...state.get(), ...part });

  async function load(): Promise<void> {
    change({ loading: true, failure: null });
    try {
      const [config] = await Promise.all([
        client.config(),
        known || client.hasStoredVisitor() ? client.start() : null,
      ]);
      change({ config, loading: false });
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      change({ loading: false, failure: error });
    }
  }

  let leaveChat = (): void => undefined;
  const watchChat = (chat: ChatStore | null): void => {
    leaveChat();
    leaveChat = () => undefined;
    if (!chat) return change({ chat, chatState: null, unread: 0 });
    leaveChat = chat.state.subscribe((chatState) =>
      change({ chat, chatState, unread: unreadCount(chatState) }),
    );
  };

  const stops = [
    client.connection.subscribe((connection) => {
      change({ connection });
      // What could not be fetched while there was no network can be now.
      if (connection === 'online' && state.get().failure) void load();
    }),
    client.session.subscribe((session) => change({ session })),
    client.chat.subscribe(watchChat),
  ];

  return {
    client,
    state,
    load,
    async refresh() {
      if (!state.get().config) return false;
      try {
        change({ config: await client.config() });
        return true;
      } catch (error) {
        // The connection says what is wrong.
        if (!(error instanceof ClientError)) throw error;
        return false;
      }
    },
    async openChat(input) {
      change({ openedHere: true });
      await client.openChat(input);
    },
    dispose() {
      leaveChat();
      for (const stop of stops) stop();
      client.stop();
    },
  };
}
