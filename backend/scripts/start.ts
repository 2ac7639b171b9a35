/**
 * The one command: installs, builds what is stale, and runs the server as its child. (A process that has looked for a
 * package before it was installed does not find it afterwards, so it cannot become the server itself.)
 * Whichever of the two ends, the other does too.
 */
import { buildFrontEnds } from './build-front-ends.ts';
import { installPackages } from './install-packages.ts';
import { StepFailed } from './workspace.ts';

try {
  await installPackages();
  await buildFrontEnds();
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  process.stderr.write(`WZATCO cannot start: ${error.message}\n`);
  process.exit(1);
}

const server = Bun.spawn([process.execPath, new URL('../src/main.ts', import.meta.url).pathname], {
  stdio: ['inherit', 'inherit', 'inherit'],
  // The channel closes when this process is gone, however that happens; the server then ends.
  ipc: () => undefined,
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
process.exit(await server.exited);
