import type { z } from 'zod';
import type { Access } from './endpoints.ts';

/** An event that a client sends, with its acknowledgement. */
export interface ClientEvent {
  summary: string;
  access: Access;
  payload: z.ZodType;
  /** Its `agentId` names whom it is for; in every other event an `agentId` says who sends, and must be one's own. */
  namesAgent?: true;
  /** `data` of the acknowledgement `{success: true, data}`. */
  reply: z.ZodType;
}

export type ClientEventTable = Record<string, ClientEvent>;

/** An event that the server sends. */
export interface ServerEvent {
  summary: string;
  payload: z.ZodType;
}

export type ServerEventTable = Record<string, ServerEvent>;

/** Declares events that clients send, keeping their exact types. */
export function defineClientEvents<const Table extends ClientEventTable>(table: Table): Table {
  return table;
}

/** Declares events that the server sends, keeping their exact types. */
export function defineServerEvents<const Table extends ServerEventTable>(table: Table): Table {
  return table;
}

/** What a client sends with an event. */
export type EventInput<E extends ClientEvent> = z.input<E['payload']>;
/** What a handler gets, parsed. */
export type EventParsed<E extends ClientEvent> = z.output<E['payload']>;
/** What the acknowledgement holds. */
export type EventReply<E extends ClientEvent> = z.output<E['reply']>;
/** What a server event carries. */
export type ServerPayload<E extends ServerEvent> = z.output<E['payload']>;
