import type { Access, Endpoint, EndpointTable } from '@wzatco/sdk/contract';
import { ERROR_STATUS } from '@wzatco/sdk/contract/constants';
import { errorBody } from '@wzatco/sdk/contract';
import { z } from 'zod';

type Json = Record<string, unknown>;

/**
 * Prints the contract's endpoints as an OpenAPI 3.1 document.
 *
 * @example printOpenApi([healthEndpoints], '0.1.0')
 */
export function printOpenApi(tables: readonly EndpointTable[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [key, endpoint] of tables.flatMap((table) => Object.entries(table))) {
    const [method = '', path = ''] = key.split(' ');
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(endpoint, path) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'WZATCO',
      version,
      description: 'The REST API of WZATCO. Live events travel over Socket.IO.',
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'wzatco_session' },
      },
      schemas: { Error: schemaOf(errorBody, 'output') },
    },
    paths,
  };
}

function operation(endpoint: Endpoint, path: string): Json {
  const tag = path.split('/')[2] ?? 'api';
  return {
    tags: [tag],
    summary: endpoint.summary,
    description: describeAccess(endpoint.access),
    security: endpoint.access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
    parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')],
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [endpoint.status ?? 200]: {
        description: 'Success',
        content: { 'application/json': { schema: envelope(endpoint) } },
      },
      default: {
        description: `Failure: one of ${Object.keys(ERROR_STATUS).join(', ')}`,
        content: { 'application/json': { schema: failureEnvelope } },
      },
    },
  };
}

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
      data: schemaOf(endpoint.reply, 'output'),
      ...(endpoint.list ? { page } : {}),
    },
  };
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(field, undefined).success,
    schema: schemaOf(field, 'input'),
  }));
}

function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}

function describeAccess(access: Access): string {
  if (access === 'public') return 'For everybody.';
  return `For ${Object.entries(access)
    .map(([role, reach]) => `${role} (${reach})`)
    .join(', ')}.`;
}
