import { existsSync, readdirSync } from 'node:fs';

/** The memory that a process holds, in bytes, as `ps` knows it. */
export function memoryOf(pid: number): number {
  const { stdout } = Bun.spawnSync(['ps', '-o', 'rss=', '-p', String(pid)]);
  return Number(stdout.toString().trim()) * 1024;
}

/** How many files and connections a process has open; null where the system does not say (it does on Linux). */
export function openFilesOf(pid: number): number | null {
  const folder = `/proc/${pid}/fd`;
  return existsSync(folder) ? readdirSync(folder).length : null;
}

/** How many files and connections a process may have open: `ulimit -n`. */
export function openFilesAllowed(): number {
  const said = Bun.spawnSync(['sh', '-c', 'ulimit -n']).stdout.toString().trim();
  return said === 'unlimited' ? Infinity : Number(said);
}
