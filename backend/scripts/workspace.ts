import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One digest of the contents of files, named relative to the project. */
export function hashFiles(files: readonly string[]): string {
  const hash = createHash('sha256').update(Bun.version);
  for (const file of files.toSorted()) hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

/** A step that failed; its own output has said why. */
export class StepFailed extends Error {
  override name = 'StepFailed';
}

/**
 * Runs a command of the project and shows its output only when it fails.
 *
 * @throws StepFailed
 */
export async function run(
  title: string,
  command: readonly [string, ...string[]],
  folder = ROOT,
): Promise<void> {
  const startedAt = performance.now();
  process.stdout.write(`${title} …`);
  const [program, ...args] = command;
  const child = Bun.spawn([program === 'bun' ? process.execPath : program, ...args], {
    cwd: folder,
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [output, errors, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(code === 0 ? ` ${seconds} s\n` : ' failed\n');
  if (code === 0) return;
  process.stderr.write(output + errors);
  throw new StepFailed(`${title} failed: ${command.join(' ')} (exit code ${code})`);
}
