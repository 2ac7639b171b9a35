import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { AppBindings } from './mount.ts';
import { serveApiDocs, serveFrontEnds } from './serve-front-ends.ts';

const app = new Hono<AppBindings>();
serveApiDocs(app);
serveFrontEnds(app);

const file = (path: string) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)));
const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.request(path, { headers });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};
/** What a browser makes of the answer's body. */
const decoded = ({ response, bytes }: Awaited<ReturnType<typeof get>>) => {
  const encoding = response.headers.get('content-encoding');
  const decode = { br: brotliDecompressSync, gzip: gunzipSync, deflate: inflateSync }[encoding ?? ''];
  return decode ? decode(bytes) : bytes;
};

/** The script of the API's page: some megabytes. */
const largeScript = async () => {
  const name = /\/api\/docs\/(assets\/scalar-[^"]+)/.exec((await get('/api/docs')).bytes.toString())?.[1];
  return { url: `/api/docs/${name}`, path: `backend/api-docs/dist/${name}` };
};

test.each([
  ['br', '.br', 'br'],
  ['gzip, deflate, br, zstd', '.br', 'br'],
  ['gzip', '.gz', 'gzip'],
  ['br;q=0, gzip', '.gz', 'gzip'],
  ['deflate', '', null],
  ['*', '', null],
  ['identity', '', null],
  ['gzip;q=0', '', null],
])(
  'for "%s" a script is sent as it lies on the disk: nothing is compressed for a request',
  async (...one) => {
    const [accepted, ending, encoding] = one;
    const { url, path } = await largeScript();
    const { response, bytes } = await get(url, { 'accept-encoding': accepted });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(bytes.equals(file(`${path}${ending}`))).toBe(true);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  },
);

test.each(['/agent', '/agent/chats/123', '/api/docs', '/examples/plain-html/', '/examples/single-page-app/'])(
  '%s and all that it loads are the same for every browser',
  async (page) => {
    const html = (await get(page)).bytes.toString();
    const links = [...html.matchAll(/ (?:src|href)="([\w./-]+\.(?:js|css|svg))"/g)];
    const paths = [page, ...links.map(([, link]) => new URL(link ?? '', `http://host${page}`).pathname)];
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) {
      const plain = await get(path);
      expect([path, plain.response.status]).toEqual([path, 200]);
      for (const accepted of ['gzip', 'br, gzip', 'deflate', '*', 'identity;q=0, deflate']) {
        const other = await get(path, { 'accept-encoding': accepted });
        expect(decoded(other).equals(plain.bytes)).toBe(true);
        for (const name of ['content-type', 'cache-control', 'vary'])
          expect([name, other.response.headers.get(name)]).toEqual([name, plain.response.headers.get(name)]);
      }
    }
  },
);

test.each(['br', 'gzip', 'deflate', '*'])(
  'an unchanged widget costs a browser of "%s" a 304',
  async (accepted) => {
    const headers = { 'accept-encoding': accepted };
    const { response } = await get('/wzatco-chat.js', headers);
    const etag = response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]+"$/);
    const again = await get('/wzatco-chat.js', { ...headers, 'if-none-match': etag });
    expect([again.response.status, again.bytes.length]).toEqual([304, 0]);
    expect(Object.fromEntries(again.response.headers)).toMatchObject({
      etag,
      vary: 'Accept-Encoding',
      'cache-control': 'public, max-age=300',
    });
  },
);

test('a script of before is not there, in whatever encoding', async () => {
  for (const path of ['/agent/assets/old.js', '/api/docs/assets/old.js', '/wzatco-chat/old.js'])
    for (const accepted of ['br', 'deflate', '*'])
      expect((await get(path, { 'accept-encoding': accepted })).response.status).toBe(404);
});
