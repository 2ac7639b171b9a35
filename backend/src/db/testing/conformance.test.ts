import { test } from 'vitest';
import { conformance } from './conformance.ts';
import { embeddedDatabase, nameServer, serverDatabase } from './fixtures.ts';

conformance('embedded', embeddedDatabase);
conformance('embedded, reading in other threads', () => embeddedDatabase({ reads: { documents: 0 } }));

const uri = process.env['TEST_MONGODB_URI'];
if (uri === undefined) {
  test.skip('conformance on a MongoDB server did not run: TEST_MONGODB_URI is not set');
} else {
  const server = await nameServer(uri);
  const secantus = [
    'parallel arrays',
    'multikey bounds',
    'collated updates',
    'update rules',
    'unknown locale',
    'text indexes',
    'hashed indexes',
    'expressions',
    'stages',
    'writing pipelines',
  ] as const;
  const deviations = server === 'SecantusDB' ? secantus : [];
  conformance(`${server} at ${new URL(uri).host}`, () => serverDatabase(uri), deviations);
}
