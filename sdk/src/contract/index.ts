/**
 * The contract of WZATCO: every endpoint and event, declared once. The server mounts these tables, the client is
 * typed by them, and `/api/openapi.json` is printed from them.
 */
import { attachmentEndpoints } from './attachments.ts';
import { authEndpoints } from './auth.ts';
import { chatClientEvents, chatServerEvents } from './chat-events.ts';
import { chatTriageEndpoints } from './chat-triage.ts';
import { chatEndpoints } from './chats.ts';
import { departmentEndpoints } from './departments.ts';
import { healthEndpoints } from './health.ts';
import { messageClientEvents, messageServerEvents } from './message-events.ts';
import { messageEndpoints } from './messages.ts';
import { metricEndpoints } from './metrics.ts';
import { noteServerEvents } from './note-events.ts';
import { noteEndpoints } from './notes.ts';
import { notificationEndpoints, notificationServerEvents } from './notifications.ts';
import { routingClientEvents, routingEndpoints, routingServerEvents } from './routing.ts';
import { siteEndpoints } from './sites.ts';
import { transcriptEndpoints } from './transcripts.ts';
import { userEndpoints } from './users.ts';
import { widgetEndpoints } from './widget.ts';

export * from './attachments.ts';
export * from './auth.ts';
export * from './business-hours.ts';
export * from './chat-events.ts';
export * from './chat-triage.ts';
export * from './chats.ts';
export * from './common.ts';
export * from './constants.ts';
export * from './departments.ts';
export * from './endpoints.ts';
export * from './events.ts';
export * from './health.ts';
export * from './message-events.ts';
export * from './messages.ts';
export * from './metrics.ts';
export * from './note-events.ts';
export * from './notes.ts';
export * from './notifications.ts';
export * from './routing.ts';
export * from './sites.ts';
export * from './transcripts.ts';
export * from './users.ts';
export * from './widget.ts';

/** All features' endpoints, for what walks them: OpenAPI and the access test. */
export const endpointTables = {
  health: healthEndpoints,
  auth: authEndpoints,
  users: userEndpoints,
  departments: departmentEndpoints,
  sites: siteEndpoints,
  widget: widgetEndpoints,
  chats: chatEndpoints,
  chatTriage: chatTriageEndpoints,
  messages: messageEndpoints,
  attachments: attachmentEndpoints,
  notes: noteEndpoints,
  notifications: notificationEndpoints,
  routing: routingEndpoints,
  transcripts: transcriptEndpoints,
  metrics: metricEndpoints,
};

/** All events that clients send. */
export const clientEventTables = {
  chats: chatClientEvents,
  messages: messageClientEvents,
  routing: routingClientEvents,
};

/** All events that the server sends. */
export const serverEventTables = {
  chats: chatServerEvents,
  messages: messageServerEvents,
  notes: noteServerEvents,
  notifications: notificationServerEvents,
  routing: routingServerEvents,
};
