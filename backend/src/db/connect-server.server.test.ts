import { expect, test } from 'vitest';
import { findWireProgram } from '../testing/wire-server/find-wire-server.ts';
import { startWireServer } from '../testing/wire-server/start-wire-server.ts';
import { connectDatabase } from './connect.ts';

const program = findWireProgram();
const uri = process.env['TEST_MONGODB_URI'] ?? '';

test.skipIf(!program)('a standalone server is refused, with how to make it a replica set', async () => {
  if (!program) throw new Error('unreachable: the test is skipped');
  const server = await startWireServer(program, { isStandalone: true });
  await expect(connectDatabase({ mongodbUri: server.uri, dataDir: '' })).rejects.toThrow(
    /^MONGODB_URI: it is a standalone server, which has no transactions: start mongod with --replSet \S+ and run rs\.initiate\(\) once$/,
  );
  await server.stop();
});

test('a wrong password is refused in a line that does not show it', async () => {
  const wrong = new URL(uri);
  wrong.username = 'nobody';
  wrong.password = 'secret-password';
  const refusal = connectDatabase({ mongodbUri: wrong.href, dataDir: '' });
  await expect(refusal).rejects.toThrow(/^MONGODB_URI: the server refuses this user or password$/);
});

test('what is acknowledged a majority has on the disk, and reads see nothing else', async () => {
  const { connection, close } = await connectDatabase({ mongodbUri: uri, dataDir: '' });
  const { writeConcern, readConcern, retryWrites, retryReads } = connection.getClient().options;
  expect(writeConcern).toMatchObject({ w: 'majority', journal: true });
  expect(readConcern?.level).toBe('majority');
  expect([retryWrites, retryReads]).toEqual([true, true]);
  await close();
});
