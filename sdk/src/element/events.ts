import type { ChatMessage, ClientErrorCode } from '../client/index.ts';

/** What each DOM event of `<wzatco-chat>` carries as `detail`. All bubble and cross shadow roots. */
export interface WzatcoEvents {
  /** The element takes commands. */
  'wzatco-ready': { site: string };
  'wzatco-open': Record<never, never>;
  'wzatco-close': Record<never, never>;
  /** A message of either side has been stored. */
  'wzatco-message': { chatId: string; message: ChatMessage };
  /** The number of unread messages has changed. */
  'wzatco-unread': { unreadCount: number };
  'wzatco-chat-started': { chatId: string };
  'wzatco-chat-closed': { chatId: string; closedBy: 'customer' | 'agent' | 'system' | null };
  /** Something does not work; `message` is fit to be shown. */
  'wzatco-error': { code: ClientErrorCode; message: string };
}

/** Dispatches one of them. */
export type Emit = <Name extends keyof WzatcoEvents>(name: Name, detail: WzatcoEvents[Name]) => void;

type WzatcoEventMap = { [Name in keyof WzatcoEvents]: CustomEvent<WzatcoEvents[Name]> };

declare global {
  interface HTMLElementEventMap extends WzatcoEventMap {}
}

/**
 * Dispatches the element's events, typed by name.
 *
 * @example
 * const emit = emitterOf(element);
 * emit('wzatco-unread', { unreadCount: 2 });
 */
export function emitterOf(element: EventTarget): Emit {
  return (name, detail) =>
    void element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
