import type { ReadonlySignal } from '@preact/signals';

/** Is this the chat that the agent has before their eyes? */
export function isOnScreen(openChat: ReadonlySignal<string | null>, chatId: string): boolean {
  return openChat.peek() === chatId && document.visibilityState === 'visible';
}
