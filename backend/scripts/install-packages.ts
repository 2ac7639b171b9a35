import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, ROOT, run } from './workspace.ts';

const STAMP = join(ROOT, 'node_modules', '.wzatco-installed');
const INPUTS = [
  'bun.lock',
  'package.json',
  ...['sdk', 'backend', 'agent-ui', 'examples'].map((name) => `${name}/package.json`),
];

/** Installs what the lock file says, unless that is what is there. */
export async function installPackages(): Promise<void> {
  const wanted = hashFiles(INPUTS);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  await run('Installing packages', ['bun', 'install', '--frozen-lockfile']);
  writeFileSync(STAMP, wanted);
}
