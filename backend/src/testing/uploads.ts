import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { rest, type RestAnswer } from './rest.ts';

/** What is uploaded, and how. */
export interface UploadInput {
  bytes: Uint8Array<ArrayBuffer> | string;
  name?: string;
  clientUploadId?: string;
  headers?: Record<string, string>;
}

/** Uploads a file as any program would; `data.id` is what messages name. */
export function upload(url: string, token: string, input: UploadInput): Promise<RestAnswer> {
  const { bytes, name = 'file', clientUploadId = crypto.randomUUID(), headers = {} } = input;
  const query = new URLSearchParams({ name, clientUploadId });
  return rest(url, `POST /api/uploads?${query}`, { token, rawBody: bytes, headers });
}

/** A GIF of one pixel. */
export function tinyPicture(): Uint8Array<ArrayBuffer> {
  return Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
}

/** A PNG of this size, a little different each time that `seed` is. */
export function png(width: number, height: number, seed = 0): Buffer<ArrayBuffer> {
  const line = width * 3 + 1;
  const pixels = Buffer.alloc(line * height);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = at % line === 0 ? 0 : (at * 7 + seed) % 256;
  return pngOf(width, height, deflateSync(pixels, { level: 1 }));
}

/** A PNG that says it has this size, around whatever data. */
export function pngOf(width: number, height: number, data: Uint8Array): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** The names of all files that are kept, without their folders. */
export function filesIn(dataDir: string): string[] {
  const folder = join(dataDir, 'uploads');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
