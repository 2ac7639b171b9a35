import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { png, pngOf } from '../../testing/uploads.ts';
import { takePicture } from './picture.ts';

const folder = mkdtempSync(join(tmpdir(), 'wzatco-picture-'));
afterAll(() => rmSync(folder, { recursive: true }));

const waiter = (owner = 'customer:1') => ({ owner, address: owner });

function place(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A JPEG that says its camera was turned by 90°, and where it was. */
async function photo(width: number, height: number): Promise<Buffer> {
  const jpeg = await new Bun.Image(png(width, height)).jpeg().buffer();
  const fields = Buffer.from(
    // Little-endian TIFF; orientation 6; a description of 20 letters behind the fields.
    '49492a000800000002001201030001000000060000000e010200140000002600000000000000',
    'hex',
  );
  const body = Buffer.concat([Buffer.from('Exif\0\0'), fields, Buffer.from('52.5200N 13.4050E   \0')]);
  const marker = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), marker, body, jpeg.subarray(2)]);
}

test('a photo is measured and made small as it is seen, and nothing of where it was taken is left', async () => {
  const bytes = await photo(1200, 600);
  expect(bytes.includes('13.4050E')).toBe(true);
  const path = place('photo', bytes);
  expect(await takePicture(path, 'image/jpeg', waiter())).toEqual({
    width: 600,
    height: 1200,
    hasThumbnail: true,
  });
  const thumbnail = readFileSync(`${path}.webp`);
  expect(await new Bun.Image(thumbnail).metadata()).toEqual({ width: 240, height: 480, format: 'webp' });
  expect(thumbnail.includes('13.4050E')).toBe(false);
  expect(statSync(`${path}.webp`).mode & 0o777).toBe(0o600);
});

test('a small one is not made larger', async () => {
  const path = place('small', png(30, 20));
  await takePicture(path, 'image/png', waiter());
  expect(await new Bun.Image(`${path}.webp`).metadata()).toMatchObject({ width: 30, height: 20 });
});

test.each([
  ['damaged', png(100, 100).subarray(0, 400), 'image/png'],
  ['of a kind that nothing here decodes', Buffer.from('....ftypheic'), 'image/heic'],
])('a picture that is %s is a file without thumbnail', async (_, bytes, type) => {
  const path = place(type.replace('/', '-'), bytes);
  expect(await takePicture(path, type, waiter())).toEqual({ width: null, height: null, hasThumbnail: false });
  expect(() => statSync(`${path}.webp`)).toThrow('ENOENT');
});

test.each([
  ['many pixels', 20_000, 20_000],
  ['one very long line', 60_000_000, 1],
])('a picture of %s is refused before it is decoded', async (_, width, height) => {
  const path = place(`bomb-${width}`, pngOf(width, height, deflateSync(Buffer.alloc(1_000_000))));
  await expect(takePicture(path, 'image/png', waiter())).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
});

test('a pile of one person’s pictures delays another’s by two at most; what is too much of it has no thumbnail', async () => {
  const path = place('large', pngOf(5000, 5000, deflateSync(Buffer.alloc(5000 * 15_001))));
  let done = 0;
  const pile = Array.from({ length: 25 }, async (_, index) => {
    const copy = `${path}-${index}`;
    copyFileSync(path, copy);
    const picture = await takePicture(copy, 'image/png', waiter('customer:2'));
    if (picture.hasThumbnail) done += 1;
    return picture;
  });
  await Promise.race(pile);
  const before = done;
  await takePicture(place('other', png(2, 2)), 'image/png', waiter('customer:3'));
  expect(done - before).toBeLessThanOrEqual(2);
  const pictures = await Promise.all(pile);
  expect(pictures.every(({ width, height }) => width === 5000 && height === 5000)).toBe(true);
  expect(done).toBe(10);
});
