import type { chatServerEvents } from '../contract/chat-events.ts';
import type { messageServerEvents } from '../contract/message-events.ts';
import type { noteServerEvents } from '../contract/note-events.ts';
import type { notificationServerEvents } from '../contract/notifications.ts';
import type { routingServerEvents } from '../contract/routing.ts';
import type { ServerPayload } from '../contract/events.ts';

type ServerEvents = typeof chatServerEvents &
  typeof messageServerEvents &
  typeof noteServerEvents &
  typeof notificationServerEvents &
  typeof routingServerEvents;

/** An event that the server sends, e.g. `new_message`. */
export type ServerEventName = keyof ServerEvents;

/** What an event carries. */
export type ServerEventPayload<E extends ServerEventName> = ServerPayload<ServerEvents[E]>;

/** Subscribes to an event of the server and answers the unsubscribe. */
export type ListenToServer = <E extends ServerEventName>(
  event: E,
  listener: (payload: ServerEventPayload<E>) => void,
) => () => void;
