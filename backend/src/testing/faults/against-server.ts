import { dataFolder } from '../../db/care/data-folder.ts';
import { stopClients } from '../live-clients.ts';
import { startTestServer, stopTestServer, type TestServer } from '../start-test-server.ts';
import type { Display } from './display.ts';
import type { Outcome } from './fault.ts';
import { createHistory, type Entry, type History } from './history.ts';
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
 * Starts a server, does something to it, and compares what everybody sees in the end with what is stored.
 *
 * @example run: () => againstServer(async (server, history) => ({ displays: [await talk(server.url, history)] }))
 */
export async function againstServer(
  bringAbout: (server: TestServer, history: History) => Promise<Findings>,
): Promise<Outcome> {
  const server = await startTestServer();
  const history = createHistory();
  try {
    const { displays, faults = [], note } = await bringAbout(server, history);
    const outcome = history.outcome(storedIn(server), displays);
    return { ...outcome, faults: [...outcome.faults, ...faults], ...(note && { note }) };
  } finally {
    stopClients();
    await stopTestServer(server);
  }
}

/** All messages that it has, by chat and number. */
export function storedIn({ dataDir }: TestServer): Entry[] {
  return [...storedMessages(dataFolder(dataDir).database)];
}
