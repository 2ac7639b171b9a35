import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { connectSocket } from './testing/live-socket.ts';
import { createChat, createVisitor, login } from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { ADMIN } from './testing/start-test-server.ts';
import {
  keepsDeadTransactions,
  newTestDatabase,
  onServer,
  type TestDatabase,
} from './testing/test-database.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

/** The server as its own process, as people run it. */
interface ServerProcess {
  child: ChildProcess;
  output: () => string;
  /** The address, once it says that it serves. */
  url: Promise<string>;
  exit: Promise<{ code: number | null; signal: string | null }>;
}

const children: ChildProcess[] = [];

const databases: TestDatabase[] = [];

const folders: string[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const database of databases.splice(0)) await database.end();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wzatco-process-'));
  folders.push(folder);
  return folder;
}

/** Variables of an empty place for a server's data. */
function newHome(): Record<string, string> {
  const database = newTestDatabase();
  databases.push(database);
  return { DATA_DIR: newFolder(), ...database.variables };
}

function start(variables: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      ...variables,
    },
  });
  children.push(child);
  let output = '';
  const exit = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const url = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /serves (http:\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
  return { child, output: () => output, url, exit };
}

describe('what is acknowledged outlives kill -9', () => {
  // On SecantusDB what the killed process had begun would hold up every other test.
  test.skipIf(keepsDeadTransactions)(
    'not on SecantusDB: every acknowledged message is there after a restart, once and without a gap',
    async () => {
      const home = newHome();
      const first = start({ ...home, SOCKET_RATE_LIMIT_PER_SECOND: '100000' });
      const url = await first.url;
      const visitor = await createVisitor(url);
      const chatId = await createChat(url, visitor);
      const socket = await connectSocket(url, visitor.token);
      const acknowledged = new Map<number, string>();
      let sent = 0;
      const sendOn = (): void => {
        sent += 1;
        const content = `message ${sent}`;
        socket.raw.emit(
          'send_message',
          { chatId, message: content, clientMessageId: `id-${sent}` },
          (answer: { success: boolean; data: { seq: number } }) => {
            if (!answer.success) return;
            acknowledged.set(answer.data.seq, content);
            if (acknowledged.size === 200) first.child.kill('SIGKILL');
            sendOn();
          },
        );
      };
      for (let writer = 0; writer < 8; writer += 1) sendOn();
      await first.exit;
      socket.close();

      const second = start(home);
      const again = await second.url;
      const stored: { seq: number; content: string }[] = [];
      for (let hasMore = true; hasMore;) {
        const query = `after=${stored.at(-1)?.seq ?? 0}&limit=100`;
        const { data } = await rest(again, `GET /api/chats/${chatId}/messages?${query}`, {
          token: visitor.token,
        });
        stored.push(...(data['messages'] as typeof stored));
        hasMore = Boolean(data['hasMore']);
      }
      expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
      const bySeq = new Map(stored.map(({ seq, content }) => [seq, content]));
      expect([...acknowledged].filter(([seq, content]) => bySeq.get(seq) !== content)).toEqual([]);
      expect(new Set(stored.map(({ content }) => content)).size).toBe(stored.length);
      expect(acknowledged.size).toBeGreaterThanOrEqual(200);
    },
  );
});

describe('the log', () => {
  test('has a line with the request’s id for what is asked, and never a password, a token or what people wrote', async () => {
    const server = start(newHome());
    const url = await server.url;
    const admin = await login(url, ADMIN.email, ADMIN.password);
    const visitor = await createVisitor(url);
    const chatId = await createChat(url, visitor, { name: 'Carla Rossi', message: 'private words' });
    const socket = await connectSocket(url, visitor.token);
    await socket.send('send_message', { chatId, message: 'more private words', clientMessageId: 'bad id!' });
    socket.close();
    await rest(url, 'POST /api/auth/login', {
      body: { email: ADMIN.email, password: 'private-wrong-password' },
    });
    await rest(url, 'POST /api/chats', { token: visitor.token, rawBody: '{"private words' });
    const { headers } = await rest(url, 'GET /api/users?q=private%20words', { token: admin.token });
    const requestId = headers.get('x-request-id') ?? 'none';
    await expect.poll(server.output).toContain(requestId);
    const line = server
      .output()
      .split('\n')
      .find((text) => text.includes(requestId));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      method: 'GET',
      path: '/api/users',
      status: 200,
      userId: admin.id,
    });
    expect(server.output()).toContain('event refused');
    for (const secret of ['private', 'Carla', ADMIN.password, admin.token, visitor.token, 'wzatco_session']) {
      expect(server.output()).not.toContain(secret);
    }
  });
});

describe('starting', () => {
  test('without a user it prints the one-time link, and only then', async () => {
    const home = newHome();
    const server = start({ ...home, ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });
    const url = await server.url;
    await expect.poll(server.output).toContain('/agent/setup?token=');
    const token = /setup\?token=(\S+)/.exec(server.output())?.[1];
    const body = { token, name: 'Boss', ...ADMIN };
    expect((await rest(url, 'POST /api/auth/setup', { body })).status).toBe(201);
    server.child.kill('SIGTERM');
    await server.exit;
    const again = start({ ...home, ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });
    expect((await login(await again.url, ADMIN.email, ADMIN.password)).token).toMatch(/^ey/);
    expect(again.output()).not.toContain('setup?token');
  });

  test('SIGTERM answers what is under way, then exits with 0', async () => {
    const server = start(newHome());
    const url = await server.url;
    const underWay = rest(url, 'POST /api/auth/login', { body: ADMIN });
    await rest(url, 'GET /api/health');
    server.child.kill('SIGTERM');
    expect((await underWay).status).toBe(200);
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });

  test('a port that is taken is one clear line', async () => {
    const other = createServer().listen(0);
    const { port } = other.address() as AddressInfo;
    const server = start({ DATA_DIR: newFolder(), PORT: String(port) });
    expect((await server.exit).code).toBe(1);
    expect(server.output().trim()).toBe(
      `WZATCO cannot start: PORT ${port} is taken: stop what uses it, or set PORT`,
    );
    other.close();
  });

  test.each([
    [{ PORT: 'many' }, 'PORT'],
    [{ NODE_ENV: 'production', JWT_SECRET: '' }, 'JWT_SECRET'],
    [{ JWT_SECRET: 'short' }, 'JWT_SECRET'],
    [{ MONGODB_URI: 'postgres://x' }, 'MONGODB_URI'],
    [{ CORS_ORIGINS: 'https://ok.example,nonsense' }, 'CORS_ORIGINS'],
    [{ ADMIN_PASSWORD: '' }, 'ADMIN_PASSWORD'],
    [{ ADMIN_PASSWORD: 'short' }, 'ADMIN_PASSWORD'],
    [{ ADMIN_PASSWORD: 'x'.repeat(80) }, 'ADMIN_PASSWORD'],
    [{ RATE_LIMIT_PER_MINUTE: '0' }, 'RATE_LIMIT_PER_MINUTE'],
  ])('%j is one line that names the variable', async (variables, name) => {
    const server = start({ DATA_DIR: newFolder(), ...variables });
    expect((await server.exit).code).toBe(1);
    const lines = server.output().trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(name);
  });

  test('a MongoDB that does not answer is one line, after ten seconds', async () => {
    const server = start({ DATA_DIR: newFolder(), MONGODB_URI: 'mongodb://anna:private@127.0.0.1:1/desk' });
    expect((await server.exit).code).toBe(1);
    expect(server.output().trim()).toBe(
      'WZATCO cannot start: MONGODB_URI: no server answers that takes writes (connect ECONNREFUSED 127.0.0.1:1, for 10 seconds)',
    );
  });

  test('a data folder that cannot be used is one line that names it', async () => {
    const file = join(newFolder(), 'a-file');
    writeFileSync(file, '');
    const server = start({ DATA_DIR: file, JWT_SECRET: 'x'.repeat(32) });
    expect((await server.exit).code).toBe(1);
    expect(server.output().trim().split('\n')).toHaveLength(1);
    expect(server.output()).toContain('DATA_DIR');
  });

  test.skipIf(onServer)(
    'embedded only: a second server on the same data is refused and names the first one’s process',
    async () => {
      const home = newHome();
      const first = start(home);
      await first.url;
      const second = start(home);
      expect((await second.exit).code).toBe(1);
      expect(second.output()).toContain(String(first.child.pid));
    },
  );
});
