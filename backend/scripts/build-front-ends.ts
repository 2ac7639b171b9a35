import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, ROOT, run } from './workspace.ts';

/** What is built, and from which folders: the console is built from the SDK too. */
const FRONT_ENDS = [
  { title: 'Building the widget', folder: 'sdk', sources: ['sdk'] },
  { title: 'Building the console', folder: 'agent-ui', sources: ['agent-ui', 'sdk'] },
];

/** Builds the widget and the console, each unless it was built from the same sources before. */
export async function buildFrontEnds(): Promise<void> {
  for (const { title, folder, sources } of FRONT_ENDS) {
    const stamp = join(ROOT, folder, 'dist', '.built-from');
    const wanted = hashFiles([...sources.flatMap(filesOf), 'bun.lock', 'tsconfig.json']);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    await run(title, ['bun', '--bun', 'run', 'build'], join(ROOT, folder));
    writeFileSync(stamp, wanted);
  }
}

/** What a front end is made from: its sources, without their tests, and its settings. */
export function filesOf(folder: string): string[] {
  const cwd = join(ROOT, folder);
  // Bun's glob finds nothing for braces that hold slashes.
  const files = ['{src,public}/**/*', '*.{ts,json,html}'].flatMap((glob) => [
    ...new Bun.Glob(glob).scanSync({ cwd }),
  ]);
  return files.filter((file) => !/\.test\.tsx?$/.test(file)).map((file) => `${folder}/${file}`);
}
