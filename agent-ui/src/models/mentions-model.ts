import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient } from '@wzatco/sdk';
import type { AlertsModel } from './alerts-model.ts';
import type { ChatIndex } from './chat-index.ts';
import { isOnScreen } from './on-screen.ts';

/** Notes that name this agent. */
export interface MentionsModel {
  /** The chats with such notes, not looked at since. */
  unseen: ReadonlySignal<ReadonlySet<string>>;
  /** The chat whose notes are to be shown; whoever shows them says so. */
  asked: ReadonlySignal<string | null>;
  /** Asks to show a chat's notes. */
  ask(chatId: string): void;
  /** They are shown now. */
  shown(chatId: string): void;
}

interface MentionsInput {
  client: AgentClient;
  index: ChatIndex;
  alerts: AlertsModel;
  me: ReadonlySignal<string>;
  openChat: ReadonlySignal<string | null>;
}

export function createMentionsModel({ client, index, alerts, me, openChat }: MentionsInput): MentionsModel {
  const unseen = signal<ReadonlySet<string>>(new Set());
  const asked = signal<string | null>(null);

  const look = () => {
    const id = openChat.peek();
    if (id === null || !isOnScreen(openChat, id) || !unseen.peek().has(id)) return;
    unseen.value = new Set([...unseen.peek()].filter((each) => each !== id));
  };
  effect(() => {
    if (openChat.value !== null) look();
  });
  document.addEventListener('visibilitychange', look);
  effect(() => {
    // Whoever sits here next is another.
    if (me.value === '') unseen.value = new Set();
  });

  client.on('notification', ({ chatId, by, text }) => {
    alerts.tell({
      tone: 'neutral',
      title: `${by.name} mentioned you`,
      detail: text,
      chatId,
      isNote: true,
    });
    if (isOnScreen(openChat, chatId)) return;
    index.refresh(chatId);
    unseen.value = new Set([...unseen.peek(), chatId]);
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
  };
}
