import { ConfigurationError, readEnv } from './env.ts';
import { createLogger } from './lib/log.ts';
import { startServer } from './server.ts';
import { VERSION } from './version.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const log = createLogger();
  const server = await startServer(readEnv(process.env), log);
  say(`WZATCO ${VERSION} serves ${server.url}`);
  say(`  console   ${server.url}/agent`);
  say(`  widget    ${server.url}/wzatco-chat.js`);
  say(`  example   ${server.url}/examples/plain-html/`);
  if (server.setupLink) say(`\nCreate the first admin with this one-time link:\n  ${server.setupLink}\n`);

  let ending = false;
  const end = (signal: string) => {
    if (ending) return;
    ending = true;
    log.info({ signal }, 'draining');
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the end failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError;
  process.stderr.write(
    `WZATCO cannot start: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
