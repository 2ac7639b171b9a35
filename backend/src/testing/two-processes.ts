import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { startBalancer, type Balancer } from './balancer.ts';
import { startCutProxy, type CutProxy } from './cut-proxy.ts';
import type { Entry } from './faults/history.ts';
import { serverProcess, type ServerProcess } from './faults/server-process.ts';
import { startRedis, type RedisProcess } from './redis-process.ts';
import { newTestDatabase, type TestDatabase } from './test-database.ts';

/** Two server processes on one database and one Redis. */
export interface TwoProcesses {
  servers: [ServerProcess, ServerProcess];
  redis: RedisProcess;
  /** By which each of them reaches Redis. */
  redisLines: [CutProxy, CutProxy];
  /** Each leads to both servers: to the one of its place while that one is there, else to the other. */
  ways: [Balancer, Balancer];
  /** What is stored, by chat and number. */
  stored(): Promise<Entry[]>;
  stop(): Promise<void>;
}

/** Both start at once on an empty database, as they would under a supervisor. */
export async function startTwoProcesses(database: TestDatabase = newTestDatabase()): Promise<TwoProcesses> {
  const redis = await startRedis();
  const target = { host: '127.0.0.1', port: Number(new URL(redis.url).port) };
  const redisLines: [CutProxy, CutProxy] = [await startCutProxy(target), await startCutProxy(target)];
  const folder = mkdtempSync(join(tmpdir(), 'wzatco-two-'));
  const variables = {
    ...database.variables,
    JWT_SECRET: 'one-secret-for-all-processes-of-it',
  };
  const startBy = ({ port }: CutProxy) =>
    serverProcess(folder, { ...variables, REDIS_URL: `redis://127.0.0.1:${port}` });
  const servers: [ServerProcess, ServerProcess] = [
    await startBy(redisLines[0]),
    await startBy(redisLines[1]),
  ];
  await Promise.all(servers.map((server) => server.start()));
  const ports = servers.map(({ port }) => port);
  const ways: [Balancer, Balancer] = [await startBalancer(ports), await startBalancer(ports)];
  ways[1].prefer(1);
  const client = new mongo.MongoClient(database.variables['MONGODB_URI'] ?? '');
  return {
    servers,
    redis,
    redisLines,
    ways,
    async stored() {
      const found = await client.db().collection('messages').find().sort({ chatId: 1, seq: 1 }).toArray();
      return found.map((message) => ({
        chatId: String(message['chatId']),
        clientMessageId: String(message['clientMessageId']),
        seq: Number(message['seq']),
        content: String(message['content']),
      }));
    },
    async stop() {
      for (const way of ways) way.stop();
      for (const line of redisLines) line.stop();
      await Promise.all(servers.map((server) => server.kill()));
      await redis.kill();
      await client.close();
      await database.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
