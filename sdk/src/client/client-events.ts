import type { chatClientEvents } from '../contract/chat-events.ts';
import type { messageClientEvents } from '../contract/message-events.ts';
import type { routingClientEvents } from '../contract/routing.ts';
import type { EventInput, EventReply } from '../contract/events.ts';

type ClientEvents = typeof chatClientEvents & typeof messageClientEvents & typeof routingClientEvents;

/** An event that clients send, e.g. `send_message`. */
export type ClientEventName = keyof ClientEvents;
/** What is sent with it. */
export type ClientEventInput<E extends ClientEventName> = EventInput<ClientEvents[E]>;
/** What its acknowledgement holds. */
export type ClientEventReply<E extends ClientEventName> = EventReply<ClientEvents[E]>;
