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

export interface UploadOptions {
  query: Record<string, unknown>;
  onProgress(part: number): void;
  signal: AbortSignal;
}

/** REST. Every failure is a `ClientError`. */
export interface Transport {
  /** Asks one path, e.g. `('GET', '/api/chats')`; answers the envelope's value. */
  request(method: string, path: string, options?: RequestOptions): Promise<unknown>;
  /** Posts a file; `onProgress` hears the part that has gone out, 0 to 1. */
  upload(path: string, file: Blob, options: UploadOptions): Promise<unknown>;
  /** Fetches a file. */
  download(path: string): Promise<Blob>;
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
/** A large file over a slow connection, in milliseconds. */
const DOWNLOAD_TIMEOUT = 5 * 60_000;

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

  /** One attempt, given up after `limit` milliseconds of it or where the transport stops. */
  async function attempt<T>(limit: number | null, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const timer = limit === null ? null : setTimeout(() => controller.abort(), limit);
    underWay.add(controller);
    try {
      const value = await run(controller.signal);
      options.onAnswer?.();
      return value;
    } catch (error) {
      if (error instanceof ClientError) throw error;
      throw new ClientError('OFFLINE', 'The server cannot be reached. Check the connection.', 0);
    } finally {
      if (timer !== null) clearTimeout(timer);
      underWay.delete(controller);
    }
  }

  function ask(method: string, url: string, body: unknown, by: Credentials): Promise<unknown> {
    return attempt(timeout, async (signal) => {
      const response = await fetch(url, {
        method,
        headers: headersOf(body, by.token),
        credentials: by.cookie,
        signal,
        cache: 'no-store',
        ...(typeof body === 'string' ? { body } : {}),
      });
      return valueOf(await response.text(), response.status, response.headers.get('retry-after'));
    });
  }

  /** Once more with new credentials where the first ones were refused. */
  async function authorized<T>(
    signedIn: boolean,
    renew: boolean,
    run: (by: Credentials) => Promise<T>,
  ): Promise<T> {
    const by = await options.credentials(signedIn);
    try {
      return await run(by);
    } catch (error) {
      const refused = error instanceof ClientError && error.code === 'UNAUTHENTICATED';
      if (!refused || !renew || !(await options.renew?.(by.token))) throw error;
      return run(await options.credentials(signedIn));
    }
  }

  return {
    request(method, path, { query, body, signedIn = true, renew = signedIn } = {}) {
      const url = base + path + queryString(query);
      const text = body === undefined ? undefined : JSON.stringify(body);
      return authorized(signedIn, renew, (by) => ask(method, url, text, by));
    },
    upload: (path, file, { query, onProgress, signal: cancel }) =>
      authorized(true, true, (by) =>
        attempt(null, async (ended) => {
          // Fetched with the first file: most visits need none.
          const { sendFile } = await import('./send-file.ts');
          const { status, text, retryAfter } = await sendFile(base + path + queryString(query), file, {
            headers: { ...headersOf(undefined, by.token), 'content-type': 'application/octet-stream' },
            credentials: by.cookie,
            signal: AbortSignal.any([cancel, ended]),
            onProgress,
          });
          return valueOf(text, status, retryAfter);
        }),
      ),
    download: (path) =>
      authorized(true, true, (by) =>
        attempt(DOWNLOAD_TIMEOUT, async (signal) => {
          const headers = headersOf(undefined, by.token);
          // The browser keeps it, and asks each time whether it may still be seen.
          const response = await fetch(base + path, {
            headers,
            credentials: by.cookie,
            signal,
            cache: 'no-cache',
          });
          if (response.ok) return response.blob();
          valueOf(await response.text(), response.status, response.headers.get('retry-after'));
          throw new ClientError('UNAVAILABLE', 'The file could not be read.', response.status);
        }),
      ),
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

function valueOf(text: string, status: number, retryAfter: string | null): unknown {
  return readEnvelope(withRetryAfter(parseJson(text), status, retryAfter), status);
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
function withRetryAfter(envelope: unknown, status: number, retryAfter: string | null): unknown {
  if (status !== 429) return envelope;
  const seconds = Number(retryAfter ?? Number.NaN);
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
