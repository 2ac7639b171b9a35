import { ConfigurationError, readEnv } from './env.ts';
import { createLogger } from './lib/log.ts';
import { startServer } from './server.ts';
import { VERSION } from './version.ts';

async function main(): Promise<void> {
  const log = createLogger();
  const server = await startServer(readEnv(process.env), log);
  // One write, so that whoever reads the output never sees half of it.
  process.stdout.write(
    [
      `WZATCO ${VERSION} serves ${server.url}`,
      `  console   ${server.url}/agent`,
      `  widget    ${server.url}/wzatco-chat.js`,
      `  example   ${server.url}/examples/plain-html/`,
      ...(server.setupLink
        ? ['', 'Create the first admin with this one-time link:', `  ${server.setupLink}`, '']
        : []),
      '',
    ].join('\n'),
  );

  let ending = false;
  const end = (reason: string) => {
    if (ending) return;
    ending = true;
    log.info({ reason }, 'draining');
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the end failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
  // Started by the starter: without it nobody could end this process.
  process.on('disconnect', () => end('the starter is gone'));
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError;
  process.stderr.write(
    `WZATCO cannot start: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
