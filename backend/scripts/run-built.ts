import { buildFrontEnds } from './build-front-ends.ts';
import { installPackages } from './install-packages.ts';
import { StepFailed } from './workspace.ts';

/**
 * Installs, builds what is stale, and runs a program of the server as its child. (A process that has looked for a
 * package before it was installed does not find it afterwards, so it cannot become the server itself.)
 * Whichever of the two ends, the other does too.
 *
 * @param program Its path from `backend`.
 */
export async function runBuilt(program: string, args: readonly string[] = []): Promise<never> {
  try {
    await installPackages();
    await buildFrontEnds();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`WZATCO cannot start: ${error.message}\n`);
    process.exit(1);
  }
  const path = new URL(`../${program}`, import.meta.url).pathname;
  const child = Bun.spawn([process.execPath, path, ...args], {
    stdio: ['inherit', 'inherit', 'inherit'],
    // The channel closes when this process is gone, however that happens; the child then ends.
    ipc: () => undefined,
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  process.exit(await child.exited);
}
