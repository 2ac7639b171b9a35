import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../lib/app-error.ts';

/** A file that has arrived whole and is on the disk. */
export interface ReceivedFile {
  /** Its place under the folder of uploads. */
  file: string;
  path: string;
  size: number;
  sha256: string;
}

/** However slowly: an upload that takes longer is given up, in milliseconds. */
const LONGEST = 10 * 60_000;

/** Where a thumbnail is. */
export const thumbnailOf = (path: string): string => `${path}.webp`;

/**
 * Writes a request's body to a new file as it comes, never more of it in memory than a piece. When this returns, the
 * file and its name are on the disk; when it throws, nothing is left.
 *
 * @throws PAYLOAD_TOO_LARGE as soon as that is known, VALIDATION_FAILED for nothing or half a file
 */
export async function receiveFile(folder: string, request: Request, maxBytes: number): Promise<ReceivedFile> {
  const announced = announcedSize(request);
  refuseTooLarge(announced, maxBytes);
  const name = randomBytes(20).toString('hex');
  const file = `${name.slice(0, 2)}/${name}`;
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, 'wx', 0o600);
  try {
    const { size, sha256 } = await writeBody(handle, request, maxBytes).finally(() => handle.close());
    if (size === 0) throw new AppError('VALIDATION_FAILED', 'The file is empty.');
    if (announced !== null && size !== announced) throw cutOff();
    await syncFolders(folder, dirname(path));
    return { file, path, size, sha256 };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** `Content-Length`, null where it is missing. */
export function announcedSize(request: Request): number | null {
  const text = request.headers.get('content-length');
  return text === null ? null : Number(text);
}

/** @throws PAYLOAD_TOO_LARGE for what is announced as too large */
export function refuseTooLarge(size: number | null, maxBytes: number): void {
  if (size !== null && size > maxBytes) throw tooLarge(maxBytes);
}

async function writeBody(handle: FileHandle, request: Request, maxBytes: number) {
  const hash = createHash('sha256');
  let size = 0;
  const late = AbortSignal.timeout(LONGEST);
  if (request.body) {
    for await (const piece of piecesOf(request.body)) {
      size += piece.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      if (late.aborted) throw cutOff();
      hash.update(piece);
      // Unlike `write`, which stores what there is room for and says how much, this is all or an error.
      await handle.writeFile(piece);
    }
  }
  const { size: stored } = await handle.stat();
  if (stored !== size) throw new Error(`${stored} of ${size} bytes of an upload were written`);
  await handle.sync();
  return { size, sha256: hash.digest('hex') };
}

/** The stream's end by the other side is a failure of theirs, not of ours. */
async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw error instanceof Error && error.name === 'AbortError' ? cutOff() : error;
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A new name is on the disk when its folder is, and a new folder when the one above it is. */
async function syncFolders(...folders: string[]): Promise<void> {
  for (const folder of folders) {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `The file is too large: at most ${inWords(maxBytes)} are taken.`, {
    maxBytes,
  });
}

function cutOff(): AppError {
  return new AppError('VALIDATION_FAILED', 'The upload was cut off. Please try again.');
}

function inWords(bytes: number): string {
  return bytes >= 1024 ** 2 ? `${Math.floor((bytes / 1024 ** 2) * 10) / 10} MB` : `${bytes} bytes`;
}
