import type { Endpoint, EndpointParsed, EndpointReply, EndpointTable, Page } from '@wzatco/sdk/contract';
import type { Context as HonoContext, Hono } from 'hono';
import { z } from 'zod';
import { checkAccess } from './access.ts';
import { AppError } from './app-error.ts';
import type { Context } from './context.ts';
import { validationFailed } from './to-app-error.ts';

/** What the app's middleware leaves for the endpoints. */
export interface AppBindings {
  Variables: { context: Context };
}

export type App = Hono<AppBindings>;

/** One function an endpoint: gets what was parsed, returns the reply's `data`. */
export type Handlers<Table extends EndpointTable> = {
  [Key in keyof Table]: (
    context: Context,
    input: EndpointParsed<Table[Key]>,
  ) => Promise<EndpointReply<Table[Key]>> | EndpointReply<Table[Key]>;
};

/**
 * Mounts a feature's endpoints from the contract: access, parsing, the handler, the reply check, the envelope.
 *
 * @param checkReplies In development and tests a reply that does not match its schema is an error.
 * @example mount(app, healthEndpoints, { 'GET /api/health': () => ({ status: 'ok', version }) }, true);
 */
export function mount<Table extends EndpointTable>(
  app: App,
  table: Table,
  handlers: Handlers<Table>,
  checkReplies: boolean,
): void {
  for (const [key, endpoint] of Object.entries(table)) {
    const [method = '', path = ''] = key.split(' ');
    // The table's own types pair each key with its handler; a loop over it cannot say so.
    const handler = handlers[key] as (context: Context, input: unknown) => unknown;
    app.on(method, path, async (c) => {
      const context = c.get('context');
      checkAccess(endpoint.access, context.actor);
      const reply = await handler(context, await parseInput(endpoint, c));
      if (reply instanceof Response) return reply;
      const [data, page] = endpoint.list ? listParts(reply) : [reply, undefined];
      if (checkReplies) checkReply(key, endpoint, data);
      return c.json({ success: true, data, ...(page ? { page } : {}) }, endpoint.status ?? 200);
    });
  }
}

async function parseInput(endpoint: Endpoint, c: HonoContext<AppBindings>): Promise<Record<string, unknown>> {
  const params = endpoint.params ? parse(endpoint.params, c.req.param()) : undefined;
  const query = parse(endpoint.query ?? z.strictObject({}), singleValues(c.req.queries()));
  if (endpoint.takes || endpoint.gives) return { params, query, request: c.req.raw };
  const body = parse(endpoint.body ?? z.strictObject({}), await readJson(c, endpoint.body !== undefined));
  return { params, query, body };
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw validationFailed(parsed.error);
  return parsed.data;
}

/** A key that was given twice stays an array, which no schema takes. */
function singleValues(queries: Record<string, string[]>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(queries).map(([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

async function readJson(c: HonoContext<AppBindings>, wanted: boolean): Promise<unknown> {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return {};
  const text = await c.req.text();
  if (text === '' && !wanted) return {};
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new AppError('UNSUPPORTED_MEDIA', 'Send the body as JSON, with Content-Type: application/json.');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new AppError('VALIDATION_FAILED', 'The body is not valid JSON.');
    throw error;
  }
}

function listParts(reply: unknown): [unknown, { nextCursor: string | null }] {
  const page = reply as Page<unknown>;
  return [page.items, { nextCursor: page.nextCursor }];
}

function checkReply(key: string, endpoint: Endpoint, data: unknown): void {
  const checked = endpoint.reply.safeParse(data);
  if (!checked.success) {
    throw new Error(`The reply of ${key} does not match its contract: ${z.prettifyError(checked.error)}`);
  }
}
