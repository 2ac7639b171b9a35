import type { chatTriageEndpoints } from '../contract/chat-triage.ts';
import type { chatEndpoints } from '../contract/chats.ts';
import type { messageEndpoints } from '../contract/messages.ts';
import type { metricEndpoints } from '../contract/metrics.ts';
import type { noteEndpoints } from '../contract/notes.ts';
import type { routingEndpoints } from '../contract/routing.ts';

/** What can be asked of a chat over HTTP. */
export type ChatEndpoints = typeof chatEndpoints &
  typeof chatTriageEndpoints &
  typeof messageEndpoints &
  typeof noteEndpoints &
  typeof routingEndpoints &
  typeof metricEndpoints;
