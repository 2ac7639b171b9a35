import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

/** What the package hands out, by file; the contract's types hold no functions. */
function handedOut(): { file: string; names: string[] }[] {
  const exports = [...read('./index.ts').matchAll(/export (?:type )?\{([^}]*)\} from '([^']*)'/g)];
  return exports
    .map(([, names = '', file = '']) => ({
      file,
      names: names.split(',').flatMap((name) => name.replace('type ', '').trim() || []),
    }))
    .filter(({ file }) => !file.includes('/contract/'));
}

/** The functions of a file that are among these names, or methods of types that are; each with its comment. */
function functionsOf(file: string, names: readonly string[]): { name: string; comment: string }[] {
  const found: { name: string; comment: string }[] = [];
  let comment = '';
  let owner = '';
  for (const line of read(file).split('\n')) {
    owner = /^export (?:interface|class) (\w+)/.exec(line)?.[1] ?? (line === '}' ? '' : owner);
    const [, own = '', method = ''] = /^export function (\w+)|^  (\w+)(?:<.*>)?\(.*;$/.exec(line) ?? [];
    if (names.includes(own)) found.push({ name: own, comment });
    if (method && names.includes(owner)) found.push({ name: `${owner}.${method}`, comment });
    if (/^\s*\/\*\*/.test(line)) comment = '';
    if (/^\s*(\/\*\*|\*)/.test(line)) comment += line;
    else comment = '';
  }
  return found;
}

test('every public function is documented with an example', () => {
  const all = handedOut().flatMap(({ file, names }) => functionsOf(file, names));
  expect(all.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['createVisitorClient', 'VisitorClient.openChat', 'ChatStore.send', 'linkify']),
  );
  expect(all.filter(({ comment }) => !comment.includes('@example')).map(({ name }) => name)).toEqual([]);
});
