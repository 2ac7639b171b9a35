/**
 * `bun run test`: installs, builds what is stale, then checks everything that must hold in a child of its own. (A process
 * that has looked for a package before it was installed does not find it afterwards.)
 */
import { buildFrontEnds } from './build-front-ends.ts';
import { installPackages } from './install-packages.ts';
import { StepFailed } from './workspace.ts';

try {
  await installPackages();
  await buildFrontEnds();
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  process.stderr.write(`${error.message}\n\n0 passed, 1 failed\n`);
  process.exit(1);
}

const checks = Bun.spawn([process.execPath, new URL('check-everything.ts', import.meta.url).pathname], {
  stdio: ['inherit', 'inherit', 'inherit'],
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => checks.kill(signal));
process.exit(await checks.exited);
