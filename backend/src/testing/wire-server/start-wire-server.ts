import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { freePort } from '../free-port.ts';
import type { WireProgram } from './find-wire-server.ts';

/** How long a server may take until it answers, in milliseconds. */
const PATIENCE = 30_000;

/** A server process that speaks MongoDB's wire protocol, with data of its own. */
export interface WireServer {
  uri: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it anew on the same port, with the data that it had. */
  start(): Promise<void>;
  /** Ends it for good and deletes its data. */
  stop(): Promise<void>;
}

/**
 * @param options `isStandalone`: without transactions, as MongoDB's servers start by default.
 * @throws Error with the server's output when it does not answer.
 */
export async function startWireServer(
  program: WireProgram,
  { isStandalone = false }: { isStandalone?: boolean } = {},
): Promise<WireServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wzatco-wire-'));
  const port = await freePort();
  const address = `mongodb://127.0.0.1:${port}/`;
  let child: Bun.Subprocess<'ignore', Bun.BunFile, Bun.BunFile> | null = null;
  const end = () => child?.kill('SIGKILL');
  const log = Bun.file(join(folder, 'log'));
  const server: WireServer = {
    uri: isStandalone ? address : `${address}?directConnection=true`,
    async start() {
      child = Bun.spawn(command(program, { port, folder, isStandalone }), {
        // Whatever settings lie about in the folder where the tests run are not this server's.
        cwd: folder,
        stdio: ['ignore', log, log],
      });
      await answering(address, program, isStandalone).catch(async (error: unknown) => {
        end();
        throw new Error(`${program.path} does not answer:\n${await log.text()}`, { cause: error });
      });
    },
    async kill() {
      end();
      await child?.exited;
    },
    async stop() {
      process.off('exit', end);
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  process.on('exit', end);
  await server.start();
  return server;
}

function command(
  { name, path }: WireProgram,
  { port, folder, isStandalone }: { port: number; folder: string; isStandalone: boolean },
): string[] {
  const common = [path, '--port', String(port)];
  if (name === 'SecantusDB') {
    return [...common, '--storage-path', folder, ...(isStandalone ? ['--standalone'] : [])];
  }
  const replica = isStandalone ? [] : ['--replSet', 'rs0'];
  return [...common, '--bind_ip', '127.0.0.1', '--dbpath', folder, ...replica];
}

/** Waits until the server answers and takes writes; a fresh replica set of MongoDB's must be told its members. */
async function answering(uri: string, { name }: WireProgram, isStandalone: boolean): Promise<void> {
  const client = new mongo.MongoClient(uri, {
    directConnection: true,
    serverSelectionTimeoutMS: PATIENCE,
  });
  try {
    const admin = (await client.connect()).db('admin');
    if (name === 'MongoDB' && !isStandalone) await initiate(admin, new URL(uri).host);
    const end = Date.now() + PATIENCE;
    while (!(await admin.command({ hello: 1 }))['isWritablePrimary']) {
      if (Date.now() > end) throw new Error('the server has not become writable');
      await Bun.sleep(50);
    }
  } finally {
    await client.close();
  }
}

async function initiate(admin: mongo.Db, host: string): Promise<void> {
  try {
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
  } catch (error) {
    // A server that starts anew knows its members.
    if (!(error instanceof mongo.MongoServerError && error.codeName === 'AlreadyInitialized')) throw error;
  }
}
