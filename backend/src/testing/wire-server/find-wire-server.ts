import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the tests' own SecantusDB is installed; git ignores it. */
export const SECANTUS_FOLDER = fileURLToPath(new URL('../../../../.cache/secantusdb', import.meta.url));

/** A program that serves MongoDB's wire protocol. */
export interface WireProgram {
  name: 'MongoDB' | 'SecantusDB';
  path: string;
}

/** MongoDB's own server where one is on the PATH, else SecantusDB where it is installed for the tests. */
export function findWireProgram(): WireProgram | null {
  const mongod = Bun.which('mongod');
  if (mongod) return { name: 'MongoDB', path: mongod };
  const path = join(SECANTUS_FOLDER, 'bin', 'secantusd-py');
  return existsSync(path) ? { name: 'SecantusDB', path } : null;
}
