import { ClientError } from './client-error.ts';
import { readEnvelope } from './read-envelope.ts';

/** Who a request comes from. */
export interface Credentials {
  /** For `Authorization: Bearer`; null sends none. */
  token: string | null;
  /** Does the session's cookie go along? */
  cookie: 'omit' | 'include';
}

export interface RequestOptions {
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  /** `false`: without a token. */
  signedIn?: boolean;
  /** `false`: a 401 is simply the answer. */
  renew?: boolean;
}

/** REST. Every failure is a `ClientError`. */
export interface Transport {
  /** Asks one path, e.g. `('GET', '/api/chats')`; answers the envelope's value. */
  request(method: string, path: string, options?: RequestOptions): Promise<unknown>;
  /** Ends what is under way (`OFFLINE`). */
  stop(): void;
}

export interface TransportOptions {
  /** The server's address without a slash at its end. */
  base: string;
  /** Asked before each request. */
  credentials(signedIn: boolean): Credentials | Promise<Credentials>;
  /** After a 401: may the same be asked once more, with new credentials? `used` is the refused token. */
  renew?(used: string | null): Promise<boolean>;
  /** The server has answered with a success. */
  onAnswer?(): void;
  /** Milliseconds until a request counts as unanswered. */
  timeout?: number;
}

const DEFAULT_TIMEOUT = 15_000;

/**
 * REST over `fetch`, with timeouts and renewal of credentials.
 *
 * @example
 * const transport = createTransport({ base: 'https://support.example.com', credentials: () => ({ token, cookie: 'omit' }) });
 * const chat = await transport.request('GET', `/api/chats/${id}`);
 */
export function createTransport(options: TransportOptions): Transport {
  const { base, timeout = DEFAULT_TIMEOUT } = options;
  const underWay = new Set<AbortController>();

  async function ask(method: string, url: string, body: unknown, by: Credentials): Promise<unknown> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), timeout);
    underWay.add(controller);
    try {
      const response = await fetch(url, {
        method,
        headers: headersOf(body, by.token),
        credentials: by.cookie,
        signal: controller.signal,
        cache: 'no-store',
        ...(typeof body === 'string' ? { body } : {}),
      });
      const text = await response.text();
      const value = readEnvelope(withRetryAfter(parseJson(text), response), response.status);
      options.onAnswer?.();
      return value;
    } catch (error) {
      if (error instanceof ClientError) throw error;
      throw new ClientError('OFFLINE', 'The server cannot be reached. Check the connection.', 0);
    } finally {
      clearTimeout(timer);
      underWay.delete(controller);
    }
  }

  return {
    async request(method, path, { query, body, signedIn = true, renew = signedIn } = {}) {
      const url = base + path + queryString(query);
      const text = body === undefined ? undefined : JSON.stringify(body);
      const by = await options.credentials(signedIn);
      try {
        return await ask(method, url, text, by);
      } catch (error) {
        const refused = error instanceof ClientError && error.code === 'UNAUTHENTICATED';
        if (!refused || !renew || !(await options.renew?.(by.token))) throw error;
        return ask(method, url, text, await options.credentials(signedIn));
      }
    },
    stop() {
      for (const controller of underWay) controller.abort();
    },
  };
}

function headersOf(body: unknown, token: string | null): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** Undefined and null values are left out. */
function queryString(query: Record<string, unknown> = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [[key, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** Undefined where it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A limiter in front of WZATCO says only by the header when to come back. */
function withRetryAfter(envelope: unknown, response: Response): unknown {
  if (response.status !== 429) return envelope;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const given: { error?: { message?: unknown; details?: object } } =
    typeof envelope === 'object' && envelope !== null ? envelope : {};
  return {
    success: false,
    error: {
      code: 'RATE_LIMITED',
      message: given.error?.message ?? 'Too many requests. Please wait a moment.',
      details: { ...(seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}), ...given.error?.details },
    },
  };
}
