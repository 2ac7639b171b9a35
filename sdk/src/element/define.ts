import { definePart } from './define-part.ts';
import { Launcher } from './parts/launcher/launcher.ts';
import { WidgetSettings } from './widget-settings.ts';
import { WzatcoChat } from './wzatco-chat.ts';

export { WzatcoChat } from './wzatco-chat.ts';
export type { WzatcoEvents } from './events.ts';

declare global {
  interface HTMLElementTagNameMap {
    'wzatco-chat': WzatcoChat;
  }
}

/**
 * Registers `<wzatco-chat>`; doing it twice is harmless. `server`: where WZATCO is, for elements that do not say.
 *
 * @example
 * import { defineWzatcoChat } from '@wzatco/sdk/element';
 * defineWzatcoChat({ server: 'https://support.example.com' });
 */
export function defineWzatcoChat(options: { server?: string } = {}): void {
  if (options.server) WidgetSettings.defaultServer = options.server;
  definePart('wzatco-launcher', Launcher);
  definePart('wzatco-chat', WzatcoChat);
}
