import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { newPassword } from '@wzatco/sdk/contract';
import { LIMITS } from '@wzatco/sdk/contract/constants';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const positive = z.coerce.number().int().min(1);

const origin = z.string().transform((text, check) => {
  const url = URL.parse(text);
  if (url && ['http:', 'https:'].includes(url.protocol)) return url.origin;
  check.addIssue(`"${text}" is not an origin such as https://www.example.com`);
  return z.NEVER;
});

const origins = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .pipe(z.array(origin));

/** Origins of front ends in development, allowed to call the staff API unless `CORS_ORIGINS` says otherwise. */
const DEVELOPMENT_ORIGINS = [3000, 3001, 8000, 8001].map((number) => `http://localhost:${number}`).join(',');

const dataSchema = z.object({
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
});

const redisUrl = z.string().regex(/^rediss?:\/\/./, 'must begin with redis:// or rediss://');

const schema = dataSchema
  .extend({
    PORT: port.default(5000),
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    CLIENT_URL: origin.optional(),
    CORS_ORIGINS: origins.optional(),
    RATE_LIMIT_PER_MINUTE: positive.optional(),
    SOCKET_RATE_LIMIT_PER_SECOND: positive.default(20),
    UPLOAD_MAX_BYTES: positive.max(1024 ** 3, 'must be at most 1 GB').default(LIMITS.attachmentBytes),
    CLAMAV_HOST: z.string().min(1).optional(),
    CLAMAV_PORT: port.min(1).default(3310),
    TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
    REDIS_URL: redisUrl.optional(),
    REDIS_HOST: z.string().min(1).optional(),
    REDIS_PORT: port.default(6379),
    ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
    ADMIN_PASSWORD: newPassword.optional(),
  })
  .superRefine((value, check) => {
    if (value.NODE_ENV === 'production' && !value.JWT_SECRET) {
      check.addIssue({
        code: 'custom',
        path: ['JWT_SECRET'],
        message: 'is needed in production: at least 32 random characters',
      });
    }
    if (Boolean(value.ADMIN_EMAIL) !== Boolean(value.ADMIN_PASSWORD)) {
      const missing = value.ADMIN_EMAIL ? 'ADMIN_PASSWORD' : 'ADMIN_EMAIL';
      check.addIssue({
        code: 'custom',
        path: [missing],
        message: 'is needed too: ADMIN_EMAIL and ADMIN_PASSWORD go together',
      });
    }
  });

/** The settings of one server, validated. */
export interface Env {
  port: number;
  production: boolean;
  mongodbUri: string | null;
  dataDir: string;
  jwtSecret: string;
  /** Origins, besides the server's own, that may call the staff API with credentials. */
  staffOrigins: string[];
  rateLimitPerMinute: number;
  socketRateLimitPerSecond: number;
  trustProxy: number;
  uploadMaxBytes: number;
  /** The virus scanner that uploads must pass, null for none. */
  clamav: { host: string; port: number } | null;
  /** Where the processes of this installation meet; null: this one is alone. */
  redisUrl: string | null;
  admin: { email: string; password: string } | null;
}

/** A setting that cannot be used; the message is one line that names the variable. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/**
 * Reads the settings of SPEC §3 from environment variables; an empty one counts as unset.
 *
 * @throws ConfigurationError naming each bad variable.
 * @example readEnv({ PORT: '5000', DATA_DIR: './data' }).port // 5000
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const value = parse(schema, source);
  const production = value.NODE_ENV === 'production';
  const dataDir = resolve(value.DATA_DIR);
  const staffOrigins = value.CORS_ORIGINS ?? (value.CLIENT_URL ? [] : origins.parse(DEVELOPMENT_ORIGINS));
  return {
    port: value.PORT,
    production,
    mongodbUri: value.MONGODB_URI ?? null,
    dataDir,
    jwtSecret: value.JWT_SECRET ?? generatedSecret(dataDir),
    staffOrigins: [...new Set([...staffOrigins, ...(value.CLIENT_URL ? [value.CLIENT_URL] : [])])],
    rateLimitPerMinute: value.RATE_LIMIT_PER_MINUTE ?? (production ? 100 : 1000),
    socketRateLimitPerSecond: value.SOCKET_RATE_LIMIT_PER_SECOND,
    trustProxy: value.TRUST_PROXY,
    uploadMaxBytes: value.UPLOAD_MAX_BYTES,
    clamav: value.CLAMAV_HOST ? { host: value.CLAMAV_HOST, port: value.CLAMAV_PORT } : null,
    redisUrl:
      value.REDIS_URL ?? (value.REDIS_HOST ? `redis://${value.REDIS_HOST}:${value.REDIS_PORT}` : null),
    admin:
      value.ADMIN_EMAIL && value.ADMIN_PASSWORD
        ? { email: value.ADMIN_EMAIL.toLowerCase(), password: value.ADMIN_PASSWORD }
        : null,
  };
}

/** Where the data is. */
export type DataEnv = Pick<Env, 'mongodbUri' | 'dataDir'>;

/**
 * Reads only where the data is, for tools that take care of it: they need no secret and make none.
 *
 * @throws ConfigurationError naming each bad variable.
 */
export function readDataEnv(source: Record<string, string | undefined>): DataEnv {
  const { MONGODB_URI, DATA_DIR } = parse(dataSchema, source);
  return { mongodbUri: MONGODB_URI ?? null, dataDir: resolve(DATA_DIR) };
}

function parse<Schema extends z.ZodType>(
  shape: Schema,
  source: Record<string, string | undefined>,
): z.output<Schema> {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new ConfigurationError(lines.join('; '));
}

/** In development the secret is made once and kept beside the data, so that sessions outlive a restart. */
function generatedSecret(dataDir: string): string {
  const file = join(dataDir, 'jwt-secret');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    const secret = randomBytes(32).toString('hex');
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
    return secret;
  } catch (error) {
    throw new ConfigurationError(
      `DATA_DIR ${dataDir} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}
