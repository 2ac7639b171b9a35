import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compressBuilt } from './compress-built.ts';
import { hashFiles, ROOT, run } from './workspace.ts';

const VITE = ['bun', '--bun', 'run', 'build'] as const;
const API_DOCS = 'backend/scripts/build-api-docs.ts';

/** What is built, how, and from which sources: the console is built from the SDK too. */
const FRONT_ENDS = [
  { title: 'Building the widget', folder: 'sdk', command: VITE, sources: () => filesOf('sdk') },
  {
    title: 'Building the console',
    folder: 'agent-ui',
    command: VITE,
    sources: () => [...filesOf('agent-ui'), ...filesOf('sdk')],
  },
  {
    title: 'Building the API page',
    folder: 'backend/api-docs',
    command: ['bun', join(ROOT, API_DOCS)] as const,
    sources: () => [...filesOf('backend/api-docs'), API_DOCS, 'agent-ui/src/ui/mark.svg'],
  },
];

/** Builds the widget, the console and the API page, each unless it was built from the same sources before. */
export async function buildFrontEnds(): Promise<void> {
  for (const { title, folder, command, sources } of FRONT_ENDS) {
    const stamp = join(ROOT, folder, 'dist', '.built-from');
    const wanted = hashFiles([...sources(), 'bun.lock', 'tsconfig.json']);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    await run(title, command, join(ROOT, folder));
    compressBuilt(join(ROOT, folder, 'dist'));
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
