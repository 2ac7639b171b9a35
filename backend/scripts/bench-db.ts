/** Measures the embedded database, beside a server of MongoDB's protocol where there is one: `bun run bench:db [--quick] [--documents N]`. */
import { join } from 'node:path';
import { offerWireServer } from './offer-wire-server.ts';
import { ROOT } from './workspace.ts';

const server = await offerWireServer();
const bench = Bun.spawn(
  [process.execPath, join(ROOT, 'backend/src/db/bench/run.ts'), ...process.argv.slice(2)],
  {
    env: { ...process.env, ...(server && { TEST_MONGODB_URI: server.uri }) },
    stdout: 'inherit',
    stderr: 'inherit',
  },
);
process.exitCode = await bench.exited;
await server?.stop();
