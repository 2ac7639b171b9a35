/** What a REST call answered, envelope and all. */
export interface RestAnswer {
  status: number;
  headers: Headers;
  data: Record<string, unknown>;
  list: Record<string, unknown>[];
  page: { nextCursor: string | null } | undefined;
  error: { code: string; message: string; details?: Record<string, unknown> } | undefined;
  text: string;
}

/** How a call is made, besides method, path and body. */
export interface RestOptions {
  token?: string | undefined;
  headers?: Record<string, string>;
  body?: unknown;
  /** Sent as it is, instead of JSON of `body`. */
  rawBody?: string | Uint8Array<ArrayBuffer>;
}

/**
 * Calls the server as any program would.
 *
 * @example const { status, data } = await rest(server.url, 'POST /api/auth/login', { body: ADMIN });
 */
export async function rest(url: string, endpoint: string, options: RestOptions = {}): Promise<RestAnswer> {
  const [method = 'GET', path = '/'] = endpoint.split(' ');
  const body = options.rawBody ?? (options.body === undefined ? null : JSON.stringify(options.body));
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...options.headers,
    },
    body,
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
  return {
    status: response.status,
    headers: response.headers,
    data: json.data ?? {},
    list: Array.isArray(json.data) ? json.data : [],
    page: json.page,
    error: json.error,
    text,
  };
}
