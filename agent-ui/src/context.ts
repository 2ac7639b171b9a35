import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, ConnectionState } from '@wzatco/sdk';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { createAlertsModel, type AlertsModel } from './models/alerts-model.ts';
import { createChatIndex } from './models/chat-index.ts';
import { createChatModel, type ChatModel } from './models/chat-model.ts';
import { createColleaguesModel, type ColleaguesModel } from './models/colleagues-model.ts';
import { follow } from './models/follow.ts';
import { keepInboxLive } from './models/inbox-live.ts';
import { createInboxModel, type InboxModel } from './models/inbox-model.ts';
import { createMentionsModel, type MentionsModel } from './models/mentions-model.ts';
import { createNotificationsModel, type NotificationsModel } from './models/notifications-model.ts';
import { createOffersModel, type OffersModel } from './models/offers-model.ts';
import { createPresenceModel, type PresenceModel } from './models/presence-model.ts';
import { createSessionModel, type SessionModel } from './models/session-model.ts';
import { createShortcutsModel, type ShortcutsModel } from './models/shortcuts-model.ts';
import { createThemeModel, type ThemeModel } from './models/theme-model.ts';
import { createUsersModel, type UsersModel } from './models/users-model.ts';

/** All models of the console, made once over one client. */
export interface Console {
  session: SessionModel;
  connection: ReadonlySignal<ConnectionState>;
  presence: PresenceModel;
  colleagues: ColleaguesModel;
  offers: OffersModel;
  inbox: InboxModel;
  alerts: AlertsModel;
  notifications: NotificationsModel;
  mentions: MentionsModel;
  theme: ThemeModel;
  shortcuts: ShortcutsModel;
  users: UsersModel;
  /** Opens a chat for a view, which disposes of it. */
  openChat(id: string): ChatModel;
}

/** Makes the models and lets them listen; nothing is asked of the server before `session.start()`. */
export function createConsole(client: AgentClient): Console {
  const session = createSessionModel(client);
  const connection = follow(client.connection).value;
  const alerts = createAlertsModel();
  const index = createChatIndex(client);
  // A customer with a login has no inbox.
  const me = computed(() => (session.user.value?.role === 'user' ? '' : (session.user.value?.id ?? '')));
  const shownChat = signal<string | null>(null);
  const notifications = createNotificationsModel({ client, alerts, connection, me });
  const mentions = createMentionsModel({ client, index, alerts, notifications, openChat: shownChat });
  const inbox = createInboxModel(client, index, me, mentions.unseen);
  keepInboxLive({ client, index, inbox, alerts, connection, me, openChat: shownChat });
  const presence = createPresenceModel(client, alerts);
  const colleagues = createColleaguesModel(client, presence);
  return {
    session,
    connection,
    alerts,
    notifications,
    mentions,
    inbox,
    presence,
    colleagues,
    offers: createOffersModel(client, alerts),
    theme: createThemeModel(),
    shortcuts: createShortcutsModel(),
    users: createUsersModel(client),
    openChat(id) {
      const chat = createChatModel(
        { client, index, alerts, user: session.user, people: colleagues.people },
        id,
      );
      shownChat.value = id;
      alerts.forget(id);
      return {
        ...chat,
        dispose() {
          if (shownChat.peek() === id) shownChat.value = null;
          chat.dispose();
        },
      };
    },
  };
}

export const ConsoleContext = createContext<Console | null>(null);

/** The models, in any component below the root. */
export function useConsole(): Console {
  const models = useContext(ConsoleContext);
  if (models === null) throw new Error('useConsole() needs a ConsoleContext above it.');
  return models;
}
