import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient } from '@wzatco/sdk';
import type { AlertsModel } from './alerts-model.ts';
import type { ChatIndex } from './chat-index.ts';
import type { NotificationsModel } from './notifications-model.ts';
import { isOnScreen } from './on-screen.ts';

/** Notes that name this agent. */
export interface MentionsModel {
  /** The chats with such notes that are not read. */
  unseen: ReadonlySignal<ReadonlySet<string>>;
  /** The chat whose notes are to be shown; whoever shows them says so. */
  asked: ReadonlySignal<string | null>;
  /** Asks to show a chat's notes. */
  ask(chatId: string): void;
  /** They are shown now. */
  shown(chatId: string): void;
  /** They lie open: what is in them, and comes, is read, while the page is looked at. Returns what ends that. */
  follow(chatId: string): () => void;
}

interface MentionsInput {
  client: AgentClient;
  index: ChatIndex;
  alerts: AlertsModel;
  notifications: NotificationsModel;
  openChat: ReadonlySignal<string | null>;
}

export function createMentionsModel({
  client,
  index,
  alerts,
  notifications,
  openChat,
}: MentionsInput): MentionsModel {
  const asked = signal<string | null>(null);
  const followed = signal<string | null>(null);
  const isLookedAt = signal(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', () => {
    isLookedAt.value = document.visibilityState === 'visible';
  });
  const lookedAt = computed(() => (isLookedAt.value ? followed.value : null));
  // What is looked at is seen, before the server knows that.
  const unseen = computed(
    () => new Set([...notifications.unreadChats.value].filter((chatId) => chatId !== lookedAt.value)),
  );
  effect(() => {
    const chatId = lookedAt.value;
    if (chatId !== null && notifications.unreadChats.value.has(chatId))
      void notifications.markRead({ chatId });
  });

  client.on('notification', ({ chatId, by, text }) => {
    alerts.tell({
      tone: 'neutral',
      title: `${by.name} mentioned you`,
      detail: text,
      chatId,
      isNote: true,
    });
    if (!isOnScreen(openChat, chatId)) index.refresh(chatId);
  });

  return {
    unseen,
    asked,
    ask(chatId) {
      asked.value = chatId;
    },
    shown(chatId) {
      if (asked.peek() === chatId) asked.value = null;
    },
    follow(chatId) {
      followed.value = chatId;
      return () => {
        if (followed.peek() === chatId) followed.value = null;
      };
    },
  };
}
