import { freePort } from './free-port.ts';

/** A Redis of the tests' own, in memory only. */
export interface RedisProcess {
  url: string;
  start(): Promise<void>;
  /** Ends it at once, with all that it knows. */
  kill(): Promise<void>;
}

/** Debian's `redis-server`, where it is installed. */
export const redisProgram = Bun.which('redis-server');

/** @example const redis = await startRedis(); await redis.kill(); await redis.start(); */
export async function startRedis(): Promise<RedisProcess> {
  if (!redisProgram) throw new Error('there is no redis-server on the PATH');
  const program = redisProgram;
  const port = await freePort();
  let child: Bun.Subprocess<'ignore', 'pipe', 'ignore'> | null = null;
  const end = () => child?.kill('SIGKILL');
  process.on('exit', end);
  const redis: RedisProcess = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      child = Bun.spawn(
        [program, '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', '/tmp'],
        {
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
      let said = '';
      for await (const chunk of child.stdout) {
        said += new TextDecoder().decode(chunk);
        if (said.includes('Ready to accept connections')) return;
      }
      throw new Error(`redis-server did not start: ${said}`);
    },
    async kill() {
      end();
      await child?.exited;
    },
  };
  await redis.start();
  return redis;
}
