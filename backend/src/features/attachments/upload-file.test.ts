import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serverProcess } from '../../testing/faults/server-process.ts';
import { createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { newTestDatabase } from '../../testing/test-database.ts';
import { filesIn, png, pngOf, upload } from '../../testing/uploads.ts';

const MAX = 300_000;
let server: TestServer;
let visitor: Person;

beforeAll(async () => {
  server = await startTestServer({ variables: { UPLOAD_MAX_BYTES: String(MAX) } });
});
beforeEach(async () => {
  visitor = await createVisitor(server.url);
});
afterAll(() => stopTestServer(server));

const records = () =>
  server.features.attachments.attachments.countDocuments({ ownerKind: 'customer', ownerId: visitor.id });
const send = (bytes: Uint8Array<ArrayBuffer> | string, name: string, clientUploadId?: string) =>
  upload(server.url, visitor.token, { bytes, name, ...(clientUploadId ? { clientUploadId } : {}) });

describe('what is uploaded', () => {
  test('is kept under a random name that only the server may read, and described', async () => {
    const bytes = png(600, 300);
    const { status, data } = await send(bytes, '../../Été 😀.png');
    expect(status).toBe(201);
    expect(data).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: 'Été 😀.png',
      type: 'image/png',
      size: bytes.length,
      width: 600,
      height: 300,
      hasThumbnail: true,
    });
    const record = await server.features.attachments.attachments.findById(data['id']).lean();
    const path = join(server.dataDir, 'uploads', record?.file ?? '');
    expect(record?.file).toMatch(/^([0-9a-f]{2})\/\1[0-9a-f]{38}$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}.webp`).mode & 0o777).toBe(0o600);
  });

  test('once, however often and at once it is sent', async () => {
    const id = crypto.randomUUID();
    const before = filesIn(server.dataDir).length;
    const answers = await Promise.all(Array.from({ length: 10 }, () => send('a note', 'note.txt', id)));
    expect(new Set(answers.map(({ data }) => data['id'])).size).toBe(1);
    expect(await records()).toBe(1);
    expect(filesIn(server.dataDir).length).toBe(before + 1);
    expect((await send('another note', 'note.txt', id)).error?.code).toBe('CONFLICT');
  });

  test.each([
    ['a claimed picture', 'plain words', 'holiday.jpg', 'text/plain', 'holiday.jpg.txt'],
    ['a program’s name', '%PDF-1.7\n1 0 obj', 'C:\\Rechnung.exe', 'application/pdf', 'Rechnung.exe.pdf'],
    ['a hidden direction', 'words', 'gpj.‮txt.exe', 'text/plain', 'gpj.txt.exe.txt'],
    ['a table', 'a;b\n1;2', 'Umsätze.CSV', 'text/csv', 'Umsätze.csv'],
    ['no name at all', 'words', '..', 'text/plain', 'file.txt'],
    [
      'a picture with a page behind it',
      Buffer.concat([png(1, 1), Buffer.from('<script>alert(1)</script>')]),
      'x.html',
      'image/png',
      'x.html.png',
    ],
  ])('is what its bytes show, with a name that fits: %s', async (_, bytes, name, type, kept) => {
    const { data, error } = await send(bytes, name);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ type, name: kept });
  });

  test.each([
    ['a page', '<!doctype html><script>alert(1)</script>', 'photo.png'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'drawing.svg'],
    ['a drawing as XML', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'drawing.svg'],
    ['a program', Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'picture.png'],
    ['a script', '#!/bin/sh\nrm -rf /', 'notes.txt'],
    ['bytes of no known kind', Buffer.from([1, 2, 3, 4, 0, 9]), 'data.txt'],
    ['a picture of a billion pixels', pngOf(40_000, 25_000, deflateSync(Buffer.alloc(100))), 'bomb.png'],
  ])('is refused where it could harm, and nothing of it is left: %s', async (_, bytes, name) => {
    const before = filesIn(server.dataDir).length;
    const { status, error } = await send(bytes, name);
    expect([status, error?.code]).toEqual([415, 'UNSUPPORTED_MEDIA']);
    expect(await records()).toBe(0);
    expect(filesIn(server.dataDir).length).toBe(before);
  });
});

describe('how much is taken', () => {
  test('as much as the limit, and no byte more, announced or not', async () => {
    expect((await send('a'.repeat(MAX), 'full.txt')).status).toBe(201);
    const before = filesIn(server.dataDir).length;
    const announced = await send('a'.repeat(MAX + 1), 'more.txt');
    expect([announced.status, announced.error?.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    const endless = await fetch(`${server.url}/api/uploads?name=a.txt&clientUploadId=endless`, {
      method: 'POST',
      headers: { authorization: `Bearer ${visitor.token}` },
      body: new ReadableStream({
        pull: (controller) => controller.enqueue(new TextEncoder().encode('a'.repeat(50_000))),
      }),
    });
    expect(endless.status).toBe(413);
    expect((await send('', 'empty.txt')).error?.code).toBe('VALIDATION_FAILED');
    expect(await records()).toBe(1);
    expect(filesIn(server.dataDir).length).toBe(before);
  });

  test('a visitor has a hundred files a day, and so many bytes; an agent is not held up', async () => {
    const first = await Promise.all(
      Array.from({ length: 100 }, (_, index) => send(`note ${index}`, 'a.txt')),
    );
    expect(first.every(({ status }) => status === 201)).toBe(true);
    const next = await send('one more', 'a.txt');
    expect([next.status, next.error?.code]).toEqual([429, 'RATE_LIMITED']);
    const heavy = await createVisitor(server.url);
    const large = () => upload(server.url, heavy.token, { bytes: 'b'.repeat(MAX), name: 'b.txt' });
    const sizes: number[] = [];
    for (let count = 0; count < 26; count += 1) sizes.push((await large()).status);
    expect(sizes).toEqual([...Array.from({ length: 25 }, () => 201), 429]);
    const agent = await createPerson(server.url, await loginAdmin(server.url));
    const own = await upload(server.url, agent.token, { bytes: 'c', name: 'c.txt' });
    expect(own.status).toBe(201);
  });

  test('an upload that breaks off leaves neither a record nor a file, and counts for nothing', async () => {
    const before = filesIn(server.dataDir).length;
    // More often than a day's limit would bear, if what breaks off were counted.
    for (let count = 0; count < 26; count += 1) {
      const socket = connect(Number(new URL(server.url).port), 'localhost');
      socket.write(
        `POST /api/uploads?name=a.txt&clientUploadId=half HTTP/1.1\r\nHost: localhost\r\n` +
          `Authorization: Bearer ${visitor.token}\r\nContent-Length: ${MAX}\r\n\r\n${'x'.repeat(100_000)}`,
      );
      await expect.poll(() => filesIn(server.dataDir).length, { interval: 5 }).toBe(before + 1);
      socket.destroy();
      await expect.poll(() => filesIn(server.dataDir).length, { interval: 5 }).toBe(before);
    }
    expect(await records()).toBe(0);
    expect((await send('x'.repeat(200_000), 'a.txt', 'half')).status).toBe(201);
  });
});

const hasLimits = spawnSync('prlimit', ['--version']).status === 0;

describe.skipIf(!hasLimits)(
  `where there is no room${hasLimits ? '' : ' (not run: there is no prlimit)'}`,
  () => {
    test('an upload of which only a part could be written is refused, nothing is left, and it can be sent again', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'wzatco-full-'));
      const database = newTestDatabase();
      const full = await serverProcess(folder, database.variables);
      /** No file of the server's may be larger: it then writes as much as there is room for, as on a full disk. */
      const limitFiles = (most: string) =>
        spawnSync('prlimit', ['--pid', String(full.pid()), `--fsize=${most}:`]);
      try {
        await full.start();
        const { token } = await createVisitor(full.url);
        const file = { bytes: 'x'.repeat(9_000_000), name: 'a.txt', clientUploadId: crypto.randomUUID() };
        expect(limitFiles('8999999').status).toBe(0);
        const { status, error } = await upload(full.url, token, file);
        expect([status, error?.code, error?.message]).toEqual([
          503,
          'UNAVAILABLE',
          expect.stringContaining('no room'),
        ]);
        expect(filesIn(folder)).toEqual([]);
        expect(full.output()).toContain('the disk is full');
        limitFiles('unlimited');
        const again = await upload(full.url, token, file);
        expect([again.status, again.data['size']]).toEqual([201, 9_000_000]);
      } finally {
        await full.kill();
        await database.end();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  },
);
