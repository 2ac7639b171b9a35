import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { loginAdmin } from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { startTestServer, stopTestServer } from './testing/start-test-server.ts';

const node = Bun.which('node');
const PROGRAM = fileURLToPath(new URL('testing/node-customer.ts', import.meta.url));

/** The program and the client in one file, as a bundler makes it for Node.js. */
async function built(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'wzatco-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { outputs } = await Bun.build({
    entrypoints: [PROGRAM],
    target: 'node',
    outdir: folder,
    naming: '[name].mjs',
  });
  expect(outputs).not.toEqual([]);
  return join(folder, 'node-customer.mjs');
}

const without = node ? '' : ' (not run: there is no node on the PATH)';

test.skipIf(!node)(`the client talks in Node.js, live, and lets the program end${without}`, async () => {
  const server = await startTestServer();
  onTestFinished(() => stopTestServer(server));
  const child = spawn(node ?? '', [await built()], {
    env: { PATH: process.env['PATH'], SERVER: server.url },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const chatId = String((await lines.next()).value);
  for await (const state of createInterface(child.stderr)) if (state === 'online') break;
  const { token } = await loginAdmin(server.url);
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token, body: {} });
  const body = { message: 'Hello, Nora' };
  await rest(server.url, `POST /api/chats/${chatId}/messages`, { token, body });
  expect((await lines.next()).value).toBe('2 Hello, Nora');
  expect(await ended).toEqual([0, null]);
});
