import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { EICAR, findClamDaemon, startClamDaemon, type ClamDaemon } from '../../testing/clam-daemon.ts';
import { createVisitor } from '../../testing/people.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { filesIn, png, upload } from '../../testing/uploads.ts';

const program = findClamDaemon();
if (!program) process.stderr.write('NOT TESTED: the virus scan, since clamav-daemon is not installed\n');

const running: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.stop();
});

/** A server that asks a scanner, and an upload to it. */
async function serverWith({ host, port }: { host: string; port: number }) {
  const variables = { CLAMAV_HOST: host, CLAMAV_PORT: String(port) };
  const server: TestServer = await startTestServer({ variables });
  running.push({ stop: () => stopTestServer(server) });
  const visitor = await createVisitor(server.url);
  return {
    server,
    send: (bytes: Uint8Array<ArrayBuffer> | string, clientUploadId: string = crypto.randomUUID()) =>
      upload(server.url, visitor.token, { bytes, name: 'file', clientUploadId }),
    left: async () => ({
      files: filesIn(server.dataDir).length,
      records: await server.features.attachments.attachments.find().limit(1).countDocuments(),
    }),
  };
}

const NOTHING = { files: 0, records: 0 };

describe.skipIf(!program)('with ClamAV', () => {
  async function daemon(options: { maxBytes?: number } = {}): Promise<ClamDaemon> {
    const started = await startClamDaemon(program ?? '', options);
    running.push(started);
    return started;
  }

  test('a clean file is taken, whatever its size; one with a virus is not, and is gone', async () => {
    const { send, left } = await serverWith(await daemon());
    const infected = await send(EICAR);
    expect([infected.status, infected.error]).toEqual([
      415,
      { code: 'UNSUPPORTED_MEDIA', message: expect.stringContaining('virus scan found') },
    ]);
    expect(await left()).toEqual(NOTHING);
    expect((await send('harmless')).status).toBe(201);
    expect((await send(png(1000, 1000))).status).toBe(201);
  });

  test('what the scanner does not take to its end is refused for now', async () => {
    const { send, left } = await serverWith(await daemon({ maxBytes: 100_000 }));
    expect((await send('a'.repeat(200_000))).error?.code).toBe('UNAVAILABLE');
    expect(await left()).toEqual(NOTHING);
    expect((await send('small')).status).toBe(201);
  });

  test('nothing is taken while it is gone', async () => {
    const scanner = await daemon();
    const { send, left } = await serverWith(scanner);
    expect((await send('harmless')).status).toBe(201);
    await scanner.stop();
    const refused = await send('harmless');
    expect([refused.status, refused.error?.code]).toEqual([503, 'UNAVAILABLE']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await left()).toEqual({ files: 1, records: 1 });
  });
});

describe('without a scanner that answers', () => {
  /** Listens where the scanner should be. */
  async function impostor(
    onConnection: Parameters<typeof createServer>[1],
  ): Promise<{ host: string; port: number }> {
    const listener: Server = createServer(onConnection).listen(0, '127.0.0.1');
    await new Promise((resolve) => listener.once('listening', resolve));
    running.push({ stop: () => listener.close() });
    return { host: '127.0.0.1', port: (listener.address() as AddressInfo).port };
  }

  test.each([
    ['hangs up', '', true],
    ['answers something else', 'UNKNOWN COMMAND\0', false],
    ['fails', 'stream: Can’t allocate memory ERROR\0', false],
  ])('one that %s: nothing is taken', async (_, answer, hangsUp) => {
    const place = await impostor((socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', () => (hangsUp ? socket.destroy() : socket.write(answer)));
    });
    const { send, left } = await serverWith(place);
    expect((await send('harmless')).error?.code).toBe('UNAVAILABLE');
    expect(await left()).toEqual(NOTHING);
  });
});
