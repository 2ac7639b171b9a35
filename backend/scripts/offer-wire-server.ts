import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameServer } from '../src/db/testing/fixtures.ts';
import { findWireProgram, SECANTUS_FOLDER } from '../src/testing/wire-server/find-wire-server.ts';
import { startWireServer } from '../src/testing/wire-server/start-wire-server.ts';
import { ROOT, run } from './workspace.ts';

const REQUIREMENTS = join(ROOT, '.config', 'secantusdb.txt');
const STAMP = join(SECANTUS_FOLDER, '.wzatco-installed');

/** A running server for tests that speaks MongoDB's wire protocol. */
export interface OfferedServer {
  name: string;
  uri: string;
  stop(): Promise<void>;
}

/**
 * The server that `TEST_MONGODB_URI` names; else a `mongod` of the PATH; else SecantusDB, installed when Python is there.
 *
 * @returns null where there is none.
 * @throws StepFailed when SecantusDB cannot be installed, Error when the server does not start.
 */
export async function offerWireServer(): Promise<OfferedServer | null> {
  const uri = process.env['TEST_MONGODB_URI'];
  if (uri) return { name: `${await nameServer(uri)} of TEST_MONGODB_URI`, uri, stop: async () => {} };
  if (!Bun.which('mongod')) await installSecantus();
  const program = findWireProgram();
  if (!program) return null;
  const server = await startWireServer(program);
  // A process that a signal ends skips what it has to do at its exit: ending that server.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  return { name: program.name, uri: server.uri, stop: () => server.stop() };
}

async function installSecantus(): Promise<void> {
  const python = Bun.which('python3');
  if (!python) return;
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  rmSync(SECANTUS_FOLDER, { recursive: true, force: true });
  await run('Making a Python environment', [python, '-m', 'venv', SECANTUS_FOLDER]);
  const pip = [join(SECANTUS_FOLDER, 'bin', 'python'), '-m', 'pip', 'install', '--quiet'] as const;
  await run('Installing SecantusDB', [...pip, '--requirement', REQUIREMENTS]);
  writeFileSync(STAMP, wanted);
}
