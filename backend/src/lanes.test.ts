import { readFileSync, globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Who may import whom (README, Architecture). The first lane whose `from` fits a file is its lane. */
interface Lane {
  from: RegExp;
  may: RegExp[];
  /** What may be imported as types only. */
  mayTypes?: RegExp[];
}

const CONSTANTS = /^sdk\/src\/contract\/constants/;
const CONTRACT = /^sdk\/src\/contract(\/|$)/;
const NODE = /^(node:|bun:|bun$)/;

const LANES: Lane[] = [
  { from: /^sdk\/src\/contract\/constants/, may: [CONSTANTS] },
  { from: /^sdk\/src\/contract\//, may: [CONTRACT, /^zod$/] },
  { from: /^sdk\/src\/lib\//, may: [/^sdk\/src\/lib\//] },
  {
    from: /^sdk\/src\/client\//,
    may: [/^sdk\/src\/client\//, /^sdk\/src\/lib\//, /^socket\.io-client$/, CONSTANTS],
    mayTypes: [CONTRACT],
  },
  {
    from: /^sdk\/src\/(element|entrypoints)\//,
    may: [/^sdk\/src\/(element|entrypoints|client|lib)\//, /^lit(\/|$)/, CONSTANTS],
    mayTypes: [CONTRACT],
  },
  {
    from: /^backend\/src\/lib\//,
    may: [
      /^backend\/src\/lib\//,
      CONTRACT,
      NODE,
      /^(hono|jose|bcryptjs|ipaddr\.js|p-limit|pino|rate-limiter-flexible|socket\.io|zod)(\/|$)/,
    ],
  },
  {
    from: /^backend\/src\/cluster\//,
    may: [/^backend\/src\/(cluster|lib)\//, NODE, /^(ioredis|@socket\.io\/redis-streams-adapter)$/],
  },
  {
    from: /^backend\/src\/db\/sqlite\//,
    may: [/^backend\/src\/db\/sqlite\//, NODE, /^mongoose(\/|$)/],
  },
  {
    from: /^backend\/src\/db\//,
    may: [/^backend\/src\/db\//, NODE, /^(mongoose|tar-stream)$/],
  },
  {
    from: /^agent-ui\/src\/ui\//,
    may: [/^agent-ui\/src\/ui\//, /^(preact|@preact\/signals|lucide-preact)(\/|$)/],
  },
  {
    from: /^agent-ui\/src\/models\//,
    may: [/^agent-ui\/src\/models\//, /^@wzatco\/sdk$/, /^@preact\/signals$/, CONSTANTS],
    mayTypes: [CONTRACT],
  },
  {
    from: /^agent-ui\/src\/features\//,
    may: [
      /^agent-ui\/src\/(features|models|ui|context|router)/,
      /^(preact|@preact\/signals|preact-iso|lucide-preact)(\/|$)/,
      CONSTANTS,
    ],
    mayTypes: [/^@wzatco\/sdk$/, CONTRACT],
  },
  {
    from: /^agent-ui\/src\//,
    may: [
      /^agent-ui\/src\//,
      /^@wzatco\/sdk$/,
      /^(preact|@preact\/signals|preact-iso|lucide-preact)(\/|$)/,
      CONSTANTS,
    ],
    mayTypes: [CONTRACT],
  },
];

interface Import {
  target: string;
  typeOnly: boolean;
}

/** The imports of a file: packages by their name, project files by their path from the root. */
function importsOf(file: string): Import[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const pattern =
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/gm;
  return [...source.matchAll(pattern)].map(([, type, from, lazy]) => ({
    target: resolve(file, from ?? lazy ?? ''),
    typeOnly: type !== undefined,
  }));
}

function resolve(file: string, target: string): string {
  if (target.startsWith('.')) return relative(ROOT, join(ROOT, dirname(file), target));
  if (target.startsWith('@wzatco/sdk/contract')) return target.replace('@wzatco/sdk', 'sdk/src');
  return target;
}

const isSource = (file: string) =>
  !/\.(test|d)\.tsx?$|\/testing\/|\/bench\//.test(file) &&
  !file.includes('node_modules') &&
  !file.includes('/dist/');

const files = globSync('{sdk,backend,agent-ui}/src/**/*.{ts,tsx}', { cwd: ROOT }).filter(isSource);

/** `backend/features/x` may use another feature's `index.ts`, and nothing else of it. */
function featureBreach(file: string, target: string): boolean {
  const own = /^backend\/src\/features\/([^/]+)\//.exec(file)?.[1];
  if (!own) return false;
  const other = /^backend\/src\/features\/([^/]+)\/(.+)$/.exec(target);
  if (other) return other[1] !== own && other[2] !== 'index.ts';
  return /^backend\/src\/(db\/(?!base-schema)|app|server|realtime|main)/.test(target);
}

function breaches(file: string): string[] {
  const lane = LANES.find(({ from }) => from.test(file));
  return importsOf(file)
    .filter(({ target, typeOnly }) => {
      if (featureBreach(file, target)) return true;
      if (!lane) return false;
      const allowed = [...lane.may, ...(typeOnly ? (lane.mayTypes ?? []) : [])];
      return !allowed.some((pattern) => pattern.test(target)) && !target.endsWith('.css');
    })
    .map(({ target }) => `${file} may not import ${target}`);
}

describe('the lanes of imports', () => {
  test('all source files are read', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  test('nobody imports what their lane does not allow', () => {
    expect(files.flatMap(breaches)).toEqual([]);
  });

  test('what others do is told on the bus to who follows it, never by an import of theirs', () => {
    const follows = /^backend\/src\/features\/(metrics|notifications)\//;
    const others = files.filter((file) => file.startsWith('backend/src/features/') && !follows.test(file));
    const breachesOf = (file: string) => importsOf(file).filter(({ target }) => follows.test(target));
    expect(others.filter((file) => breachesOf(file).length > 0)).toEqual([]);
  });

  test('only the connection sets Mongoose’s driver, and only the console’s client makes a client', () => {
    const users = (pattern: RegExp, folder: RegExp) =>
      files.filter((file) => folder.test(file) && pattern.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(users(/^(?! \*).*setDriver\(/m, /^backend\//)).toEqual(['backend/src/db/connect.ts']);
    expect(users(/createAgentClient\(/, /^agent-ui\//)).toEqual(['agent-ui/src/client.ts']);
  });

  test('nothing of Redis is loaded unless it is asked for', () => {
    const isOutside = (file: string) => !file.startsWith('backend/src/cluster/');
    const loads = /^import (?!type )[^;]*'(ioredis|@socket\.io\/redis-streams-adapter|[./]+cluster\/[^']+)'/m;
    expect(
      files.filter((file) => isOutside(file) && loads.test(readFileSync(join(ROOT, file), 'utf8'))),
    ).toEqual([]);
  });

  test('the project’s top level holds what the README says and nothing else', () => {
    const entries = globSync('*', { cwd: ROOT }).filter((name) => !name.startsWith('.'));
    const generated = new Set(['node_modules', 'data']);
    expect(entries.filter((name) => !generated.has(name)).toSorted()).toEqual([
      'README.md',
      'agent-ui',
      'backend',
      'bun.lock',
      'bunfig.toml',
      'examples',
      'package.json',
      'sdk',
      'tsconfig.json',
    ]);
  });
});
