import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readEnv } from './env.ts';

const secret = { JWT_SECRET: 'x'.repeat(32) };

describe('settings', () => {
  test('have the defaults of the documentation', () => {
    expect(readEnv({ ...secret })).toMatchObject({
      port: 5000,
      production: false,
      mongodbUri: null,
      staffOrigins: [3000, 3001, 8000, 8001].map((port) => `http://localhost:${port}`),
      rateLimitPerMinute: 1000,
      socketRateLimitPerSecond: 20,
      trustProxy: 0,
      redisUrl: null,
      admin: null,
    });
    expect(readEnv({ ...secret, NODE_ENV: 'production' }).rateLimitPerMinute).toBe(100);
  });

  test('an empty variable counts as unset', () => {
    expect(readEnv({ ...secret, PORT: '', MONGODB_URI: '', CORS_ORIGINS: '' }).port).toBe(5000);
  });

  test('Redis is an address, or a host with a port', () => {
    expect(readEnv({ ...secret, REDIS_URL: 'rediss://:pass@redis:6380/1' }).redisUrl).toBe(
      'rediss://:pass@redis:6380/1',
    );
    expect(readEnv({ ...secret, REDIS_HOST: 'redis' }).redisUrl).toBe('redis://redis:6379');
    expect(readEnv({ ...secret, REDIS_HOST: 'redis', REDIS_PORT: '7000' }).redisUrl).toBe(
      'redis://redis:7000',
    );
    expect(() => readEnv({ ...secret, REDIS_URL: 'redis.example' })).toThrow(
      /REDIS_URL must begin with redis/,
    );
  });

  test('origins are reduced to what a browser sends', () => {
    const { staffOrigins } = readEnv({
      ...secret,
      CORS_ORIGINS: 'https://Desk.example/path, http://localhost:9000',
      CLIENT_URL: 'https://desk.example',
    });
    expect(staffOrigins).toEqual(['https://desk.example', 'http://localhost:9000']);
  });

  test('every bad variable is named at once', () => {
    expect(() => readEnv({ ...secret, PORT: '70000', TRUST_PROXY: '-1' })).toThrow(/PORT.*TRUST_PROXY/);
  });

  test('in development the secret is made once, for its owner’s eyes only, and kept', () => {
    const DATA_DIR = mkdtempSync(join(tmpdir(), 'wzatco-env-'));
    onTestFinished(() => rmSync(DATA_DIR, { recursive: true }));
    const { jwtSecret } = readEnv({ DATA_DIR });
    expect(jwtSecret).toMatch(/^[0-9a-f]{64}$/);
    expect(readEnv({ DATA_DIR }).jwtSecret).toBe(jwtSecret);
    expect(statSync(join(DATA_DIR, 'jwt-secret')).mode & 0o077).toBe(0);
  });
});
