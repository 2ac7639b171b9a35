/**
 * `bun run demo`: a server with a support desk that has seen some months, in a folder that is gone afterwards.
 * `--live` adds customers who write now and then. `PORT` is heeded; nothing else of the surroundings is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase } from '../db/connect.ts';
import { ConfigurationError, readEnv } from '../env.ts';
import { createLogger } from '../lib/log.ts';
import { startServer } from '../server.ts';
import { fillDesk } from './fill-desk.ts';
import { startLiveCustomers } from './live-customers.ts';
import { LOGINS, PASSWORD } from './staff.ts';
import { startStaff } from './staff-at-work.ts';

const SEED = 2026;

const folder = mkdtempSync(join(tmpdir(), 'wzatco-demo-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function main(): Promise<void> {
  const live = process.argv.includes('--live');
  let end = (_code: number): void => process.exit(0);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0));
  // Started by the starter: without it nobody could end this process.
  process.on('disconnect', () => end(0));

  const database = await connectDatabase({ dataDir: folder });
  await fillDesk(database.connection, { seed: SEED, now: new Date() });
  await database.close();
  const env = readEnv({ DATA_DIR: folder, PORT: process.env['PORT'] });
  const server = await startServer(env, createLogger('error'));
  const stopStaff = await startStaff(server.url);
  const stopCustomers = live ? startLiveCustomers(server.url, Date.now()) : () => undefined;

  let ending = false;
  end = () => {
    if (ending) return;
    ending = true;
    stopCustomers();
    stopStaff();
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The end failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.stdout.write(introduction(server.url, live));
}

function introduction(url: string, live: boolean): string {
  const width = Math.max(...LOGINS.map(({ email }) => email.length));
  const logins = LOGINS.map(
    ({ email, role, department }) =>
      `    ${email.padEnd(width)}   ${PASSWORD}   ${role}${department ? `, ${department}` : ''}`,
  );
  return [
    '',
    '  WZATCO demo: a support desk with three brands, thirteen people and some three hundred chats',
    '',
    `  Console       ${url}/agent`,
    ...logins,
    '',
    `  Shop          ${url}/examples/plain-html/   the widget on a page; write there, answer in the console`,
    `  API           ${url}/api/docs`,
    '',
    live
      ? '  Customers write now and then: answer them in the console.'
      : '  With customers who write now and then: bun run demo --live',
    '  Stop with Ctrl+C. All of it is gone then.',
    '',
    '',
  ].join('\n');
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError;
  process.stderr.write(
    `The demo cannot start: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
