import type { Access, Endpoint, EndpointTable } from '@wzatco/sdk/contract';
import { ERROR_STATUS } from '@wzatco/sdk/contract/constants';
import { errorBody } from '@wzatco/sdk/contract';
import { z } from 'zod';
import { describeAccess, describeSchema, type Json } from './describe-schema.ts';

const DESCRIPTION = `Everything that the widget and the console do, your own program can do too.

## Answers

Success is \`{"success": true, "data": …}\`, for lists with \`"page": {"nextCursor": …}\`: give the cursor back as \`cursor\`
for the next page. Failure is \`{"success": false, "error": {"code", "message", "details"?}}\` under the fitting status;
programs read \`code\`, people \`message\`.

## Who may call

- **Admins, agents and users** log in with \`POST /api/auth/login\` and send its \`token\` as
  \`Authorization: Bearer <token>\`; pages of this origin may rely on the session cookie instead.
- **Visitors**, the customers on a site, get a \`visitorToken\` from \`POST /api/widget/session\` and send it the same
  way. It is good for one site and one customer.

Revoking a session ends its tokens at once. Each endpoint says below whom it serves and how far they reach: what lies
outside of that answers \`NOT_FOUND\`.

Live events travel over Socket.IO, with the same tokens: they are the other document on this page.`;

/**
 * Prints the contract's endpoints as an OpenAPI 3.1 document, grouped by feature.
 *
 * @example printOpenApi({ health: healthEndpoints }, '0.1.0')
 */
export function printOpenApi(tables: Readonly<Record<string, EndpointTable>>, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [feature, table] of Object.entries(tables)) {
    for (const [key, endpoint] of Object.entries(table)) {
      const [method = '', path = ''] = key.split(' ');
      const template = path.replaceAll(/:(\w+)/g, '{$1}');
      paths[template] = { ...paths[template], [method.toLowerCase()]: operation(endpoint, titleOf(feature)) };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'WZATCO', version, description: DESCRIPTION },
    components: {
      securitySchemes: {
        staff: { ...bearer, description: 'The `token` that `POST /api/auth/login` answers with.' },
        visitor: {
          ...bearer,
          description: 'The `visitorToken` that `POST /api/widget/session` answers with.',
        },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'wzatco_session',
          description: 'Set by logging in; for browsers of this origin.',
        },
      },
      schemas: { Error: describeSchema(errorBody, 'output') },
    },
    paths,
  };
}

const bearer = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };

/** @example titleOf('cannedResponses') // 'Canned responses' */
function titleOf(feature: string): string {
  const words = feature.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function operation(endpoint: Endpoint, tag: string): Json {
  return {
    tags: [tag],
    summary: endpoint.summary,
    description: describeAccess(endpoint.access),
    security: security(endpoint.access),
    parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')],
    ...(endpoint.takes ? { requestBody: { required: true, content: FILE } } : {}),
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: describeSchema(endpoint.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [endpoint.status ?? 200]: {
        description: 'Success',
        content: endpoint.gives ? FILE : { 'application/json': { schema: envelope(endpoint) } },
      },
      default: {
        description: `Failure: one of ${Object.keys(ERROR_STATUS).join(', ')}`,
        content: { 'application/json': { schema: failureEnvelope } },
      },
    },
  };
}

function security(access: Access): Json[] {
  if (access === 'public') return [];
  const roles = Object.keys(access);
  return [
    ...(roles.some((role) => role !== 'visitor') ? [{ staff: [] }, { cookie: [] }] : []),
    ...(roles.includes('visitor') ? [{ visitor: [] }] : []),
  ];
}

/** A file's bytes, which JSON Schema has no words for. */
const FILE = { 'application/octet-stream': {} };

const failureEnvelope = {
  type: 'object',
  required: ['success', 'error'],
  properties: { success: { const: false }, error: { $ref: '#/components/schemas/Error' } },
};

function envelope(endpoint: Endpoint): Json {
  const page = {
    type: 'object',
    required: ['nextCursor'],
    properties: { nextCursor: { type: ['string', 'null'] } },
  };
  return {
    type: 'object',
    required: ['success', 'data', ...(endpoint.list ? ['page'] : [])],
    properties: {
      success: { const: true },
      data: describeSchema(endpoint.reply, 'output'),
      ...(endpoint.list ? { page } : {}),
    },
  };
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(field, undefined).success,
    schema: describeSchema(field, 'input'),
  }));
}
