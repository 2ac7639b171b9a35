import type { Endpoint, EndpointInput, EndpointReply } from '../contract/endpoints.ts';
import type { Transport } from './transport.ts';

/** Nothing to give where the endpoint takes nothing. */
type Arguments<E extends Endpoint> = unknown extends EndpointInput<E> ? [] : [input: EndpointInput<E>];

/** Calls one endpoint of a feature's table by its name, e.g. `'GET /api/chats/:id'`. */
export type Call<Table> = <K extends keyof Table & string>(
  endpoint: K,
  ...input: Table[K] extends Endpoint ? Arguments<Table[K]> : never
) => Promise<Table[K] extends Endpoint ? EndpointReply<Table[K]> : never>;

export interface CallOptions {
  /** `false`: without a token (signing in, the widget's configuration). */
  signedIn?: boolean;
  /** `false`: a 401 is simply the answer (what ends or replaces the session itself). */
  renew?: boolean;
}

interface Input {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/**
 * The typed door to one feature's endpoints: the table is a type only, so that no schema reaches the bundle.
 *
 * @example
 * const call = caller<typeof chatEndpoints>(transport);
 * const chat = await call('GET /api/chats/:id', { params: { id } });
 */
export function caller<Table>(transport: Pick<Transport, 'request'>, options: CallOptions = {}): Call<Table> {
  const call = (endpoint: string, { params = {}, query, body }: Input = {}) => {
    const [method = '', path = ''] = endpoint.split(' ');
    const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    return transport.request(method, filled, { query, body, ...options });
  };
  // The one place where the server's word is taken for its shape: it checks its replies against the same table.
  return call as Call<Table>;
}
