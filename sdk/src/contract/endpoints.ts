import type { z } from 'zod';
import type { Role } from './constants.ts';

/**
 * How much of a thing a role may reach: `all` of it, its `own` only, what is in its `department` (or in none),
 * or only what is `assigned` to it. What lies outside `own` and `department` answers `NOT_FOUND`;
 * what is visible but not `assigned` answers `FORBIDDEN`; a role that is not named answers `FORBIDDEN`,
 * and nobody at all `UNAUTHENTICATED`.
 */
export type Reach = 'all' | 'own' | 'department' | 'assigned';

/** Who may call: everybody (`public`), or each named actor within its reach. */
export type Access = 'public' | Partial<Record<'visitor' | Role, Reach>>;

/** One endpoint, as data: the server mounts it, the client is typed by it, OpenAPI and the access test walk it. */
export interface Endpoint {
  /** One line for the API page. */
  summary: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** The `data` of the success envelope. */
  reply: z.ZodType;
  /** The body is one file's bytes, whatever its `Content-Type`; the handler reads them from the request. */
  takes?: 'bytes';
  /** What is answered is a file and no envelope: the handler gives the whole response. */
  gives?: 'bytes';
  /** A list: the reply is an array, and the envelope has `page: {nextCursor}`. */
  list?: true;
  /** Status of success; 200 unless said. */
  status?: 200 | 201;
}

/** `METHOD /path/:param` → endpoint. */
export type EndpointTable = Record<string, Endpoint>;

/**
 * Declares a feature's endpoints, keeping their exact types.
 *
 * @example
 * export const healthEndpoints = defineEndpoints({
 *   'GET /api/health': { summary: 'Is the process alive?', access: 'public', reply: z.object({ status: z.literal('ok') }) },
 * });
 */
export function defineEndpoints<const Table extends EndpointTable>(table: Table): Table {
  return table;
}

type Part<E, K extends 'params' | 'query' | 'body', Side extends 'input' | 'output'> =
  E extends Record<K, infer Schema extends z.ZodType>
    ? Side extends 'input'
      ? { [P in K]: z.input<Schema> }
      : { [P in K]: z.output<Schema> }
    : unknown;

/** What a caller gives: `params`, `query` and `body`, as far as the endpoint has them. */
export type EndpointInput<E extends Endpoint> = Part<E, 'params', 'input'> &
  Part<E, 'query', 'input'> &
  Part<E, 'body', 'input'>;

/** What a handler gets, parsed; of a file also the request itself, for its bytes and headers. */
export type EndpointParsed<E extends Endpoint> = Part<E, 'params', 'output'> &
  Part<E, 'query', 'output'> &
  Part<E, 'body', 'output'> &
  (E extends { takes: 'bytes' } | { gives: 'bytes' } ? { request: Request } : unknown);

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  /** Give it back as `cursor` for the next page; null on the last. */
  nextCursor: string | null;
}

/** What a handler returns and a client's promise holds. */
export type EndpointReply<E extends Endpoint> = E extends { gives: 'bytes' }
  ? Response
  : E extends { list: true }
    ? z.output<E['reply']> extends (infer Item)[]
      ? Page<Item>
      : never
    : z.output<E['reply']>;
