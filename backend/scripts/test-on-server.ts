/**
 * Runs the tests that start whole servers with their data on a server that speaks MongoDB's wire protocol.
 * Arguments go to vitest: `bun run test:server backend/src/client.test.ts`.
 */
import { offerWireServer } from './offer-wire-server.ts';
import { ROOT } from './workspace.ts';

const server = await offerWireServer();
if (!server) {
  process.stderr.write(
    'There is no mongod and no Python 3 for SecantusDB: install one, or set TEST_MONGODB_URI.\n',
  );
  process.exit(1);
}
process.stdout.write(`on ${server.name}\n`);
const vitest = ['--bun', 'vitest', 'run', '--config', '.config/vitest.server.config.ts'];
const child = Bun.spawn([process.execPath, ...vitest, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: ['inherit', 'inherit', 'inherit'],
  env: { ...process.env, TEST_MONGODB_URI: server.uri },
});
const code = await child.exited;
await server.stop();
process.exit(code);
