import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/** The test file that every virus scanner finds; put together here so that none finds this one. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join(
  '',
);

/** ClamAV's daemon on a port of its own, which knows one virus: `EICAR`. */
export interface ClamDaemon {
  host: string;
  port: number;
  stop(): Promise<void>;
}

/** Where Debian's `clamav-daemon` puts it; null where it is not installed. */
export function findClamDaemon(): string | null {
  return Bun.which('clamd', { PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin` });
}

/** Starts the daemon and answers when it listens. */
export async function startClamDaemon(
  program: string,
  options: { maxBytes?: number } = {},
): Promise<ClamDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'wzatco-clamd-'));
  const database = join(folder, 'database');
  mkdirSync(database);
  const hash = createHash('md5').update(EICAR).digest('hex');
  writeFileSync(join(database, 'eicar.hdb'), `${hash}:${EICAR.length}:Eicar-Test-Signature\n`);
  const port = await freePort();
  const settings = [
    'Foreground yes',
    `DatabaseDirectory ${database}`,
    `TemporaryDirectory ${folder}`,
    'TCPAddr 127.0.0.1',
    `TCPSocket ${port}`,
    `StreamMaxLength ${options.maxBytes ?? 25_000_000}`,
    `User ${Bun.env['USER'] ?? 'root'}`,
  ];
  const config = join(folder, 'clamd.conf');
  writeFileSync(config, `${settings.join('\n')}\n`);
  const daemon = spawn(program, ['--config-file', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  await listening(daemon, port);
  return {
    host: '127.0.0.1',
    port,
    async stop() {
      if (daemon.exitCode !== null || daemon.signalCode !== null) return;
      const gone = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Its output comes late where it is no terminal: it is asked until it answers. */
async function listening(daemon: ChildProcess, port: number): Promise<void> {
  let output = '';
  for (const stream of [daemon.stdout, daemon.stderr])
    stream?.on('data', (piece) => (output += String(piece)));
  await vi
    .waitFor(() => answersPing(port), { timeout: 20_000, interval: 50 })
    .catch((error: unknown) => {
      daemon.kill('SIGKILL');
      throw new Error(`clamd does not listen: ${output}`, { cause: error });
    });
}

function answersPing(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('it hung up')));
    socket.on('data', () => {
      resolve();
      socket.destroy();
    });
    socket.write('zPING\0');
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
