import type { chatEndpoints } from '../contract/chats.ts';
import type { messageEndpoints } from '../contract/messages.ts';

/** What can be asked of a chat over HTTP. */
export type ChatEndpoints = typeof chatEndpoints & typeof messageEndpoints;
