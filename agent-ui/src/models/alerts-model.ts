import { signal, type ReadonlySignal } from '@preact/signals';

export interface Alert {
  id: number;
  tone: 'neutral' | 'good' | 'bad';
  title: string;
  detail?: string;
  /** The chat that it is about: the toast offers to open it. */
  chatId?: string;
  /** It is about the chat's notes: they are what is opened. */
  isNote?: true;
}

/** What the console tells the agent in passing: as a toast, and aloud through the shell's live region. */
export interface AlertsModel {
  alerts: ReadonlySignal<readonly Alert[]>;
  /** The last thing to be read out; `id` makes the same words news again. */
  spoken: ReadonlySignal<{ id: number; text: string }>;
  tell(alert: Omit<Alert, 'id'>): void;
  /** Only read out, without a toast. */
  say(text: string): void;
  dismiss(id: number): void;
  /** Takes away what was told about a chat, once it is looked at. */
  forget(chatId: string): void;
}

const LASTS = 7_000;
/** More at once would cover the page. */
const AT_ONCE = 3;

export function createAlertsModel(): AlertsModel {
  const alerts = signal<readonly Alert[]>([]);
  const spoken = signal({ id: 0, text: '' });
  let last = 0;

  const dismiss = (id: number) => {
    alerts.value = alerts.peek().filter((alert) => alert.id !== id);
  };
  const say = (text: string) => {
    spoken.value = { id: ++last, text };
  };
  return {
    alerts,
    spoken,
    say,
    dismiss,
    forget(about) {
      alerts.value = alerts.peek().filter(({ chatId }) => chatId !== about);
    },
    tell(alert) {
      const id = ++last;
      // A newer word about the same chat takes the older one's place.
      const others = alerts.peek().filter(({ chatId }) => chatId === undefined || chatId !== alert.chatId);
      alerts.value = [...others, { ...alert, id }].slice(-AT_ONCE);
      say(alert.detail === undefined ? alert.title : `${alert.title}: ${alert.detail}`);
      setTimeout(() => dismiss(id), LASTS);
    },
  };
}
