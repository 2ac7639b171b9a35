import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../../db/care/data-folder.ts';
import { stopClients } from '../live-clients.ts';
import { startTestServer, stopTestServer, type TestServer } from '../start-test-server.ts';
import type { Display } from './display.ts';
import type { Outcome } from './fault.ts';
import { createHistory, type Entry, type History } from './history.ts';
import { serverProcess, type ServerProcess } from './server-process.ts';
import { storedMessages } from './stored-messages.ts';

/** What was found out on the way. */
export interface Findings {
  /** What everybody sees in the end. */
  displays: readonly Display[];
  /** What else is wrong. */
  faults?: readonly string[];
  note?: string;
}

/**
 * Starts a server in this process, does something to it, and compares what everybody sees in the end with what is
 * stored.
 *
 * @param options As `startTestServer` takes them, e.g. a clock.
 * @example run: () => againstServer(async (server, history) => ({ displays: [await talk(server.url, history)] }))
 */
export async function againstServer(
  bringAbout: (server: TestServer, history: History) => Promise<Findings>,
  options: Parameters<typeof startTestServer>[0] = {},
): Promise<Outcome> {
  const server = await startTestServer(options);
  try {
    return await judge(server.dataDir, (history) => bringAbout(server, history));
  } finally {
    stopClients();
    await stopTestServer(server);
  }
}

/** The same with a server that is a process of its own: what it costs can be measured, and nobody shares its time. */
export async function againstProcess(
  bringAbout: (server: ServerProcess, history: History) => Promise<Findings>,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'wzatco-faults-'));
  const server = await serverProcess(folder);
  try {
    await server.start();
    return await judge(folder, (history) => bringAbout(server, history));
  } finally {
    stopClients();
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judge(dataDir: string, bringAbout: (history: History) => Promise<Findings>): Promise<Outcome> {
  const history = createHistory();
  const { displays, faults = [], note } = await bringAbout(history);
  const outcome = history.outcome(storedIn({ dataDir }), displays);
  return { ...outcome, faults: [...outcome.faults, ...faults], ...(note && { note }) };
}

/** All messages that a server has, by chat and number. */
export function storedIn({ dataDir }: Pick<TestServer, 'dataDir'>): Entry[] {
  return [...storedMessages(dataFolder(dataDir).database)];
}
