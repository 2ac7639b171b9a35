/** What is fetched when the chat is first needed: the client with its socket, and the panel with its parts. */
import { createVisitorClient, type VisitorClientOptions } from '../client/index.ts';
import { definePart } from './define-part.ts';
import { Composer } from './parts/composer/composer.ts';
import { ConnectionBanner } from './parts/connection-banner/connection-banner.ts';
import { Header } from './parts/header/header.ts';
import { MessageList } from './parts/message-list/message-list.ts';
import { Panel } from './parts/panel/panel.ts';
import { PreChatForm } from './parts/pre-chat-form/pre-chat-form.ts';
import { createSupport, type Support } from './support.ts';

definePart('wzatco-header', Header);
definePart('wzatco-connection-banner', ConnectionBanner);
definePart('wzatco-pre-chat-form', PreChatForm);
definePart('wzatco-message-list', MessageList);
definePart('wzatco-composer', Composer);
definePart('wzatco-panel', Panel);

/** Is there a visitor from before, or somebody whom the site names? Then their chat is connected at once. */
export function connectSupport(options: VisitorClientOptions): Support {
  return createSupport(createVisitorClient(options), options.identity !== undefined);
}
