import { rm } from 'node:fs/promises';
import { LIMITS } from '@wzatco/sdk/contract/constants';
import { AppError } from '../../lib/app-error.ts';
import { createPictureLine, type Waiter } from './picture-line.ts';
import { thumbnailOf } from './receive-file.ts';
import { writeDurably } from './write-durably.ts';

/** What is known of a picture, in pixels as it is seen. */
export interface Picture {
  width: number | null;
  height: number | null;
  hasThumbnail: boolean;
}

const NO_PICTURE: Picture = { width: null, height: null, hasThumbnail: false };
/** One line of a picture is decoded at once: a very wide one takes much memory for few bytes. */
const LONGEST_SIDE = 30_000;
/** One for the process, since its memory is what is spared. */
const inLine = createPictureLine();

/**
 * Measures a picture and makes its thumbnail, in the runtime's own threads: turned as its camera says, with nothing
 * of its metadata. A picture that cannot be decoded here (damaged, HEIC) is a file without one, and so is what one
 * person brings of them beyond what may wait: a file that has arrived is not sent back for want of a preview.
 *
 * @throws UNSUPPORTED_MEDIA for a picture whose decoding would take too much memory, before it is decoded
 */
export async function takePicture(path: string, type: string, waiter: Waiter): Promise<Picture> {
  if (!type.startsWith('image/')) return NO_PICTURE;
  try {
    const size = await measure(path);
    const isMade = await inLine(waiter, () => makeThumbnail(path));
    return { ...size, hasThumbnail: isMade ?? false };
  } catch (error) {
    await rm(thumbnailOf(path), { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_IMAGE_TOO_MANY_PIXELS') throw tooManyPixels();
    if (code.startsWith('ERR_IMAGE_')) return NO_PICTURE;
    throw error;
  }
}

/** Reads the first bytes only, which takes no time: nobody waits for it. */
async function measure(path: string) {
  const { width, height } = await open(path).metadata();
  if (Math.max(width, height) > LONGEST_SIDE || width * height > LIMITS.picturePixels) throw tooManyPixels();
  return { width, height };
}

async function makeThumbnail(path: string): Promise<true> {
  const side = LIMITS.thumbnailSide;
  const bytes = await open(path)
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .bytes();
  await writeDurably(thumbnailOf(path), bytes);
  return true;
}

function open(path: string): Bun.Image {
  return new Bun.Image(path, { maxPixels: LIMITS.picturePixels, autoOrient: true });
}

function tooManyPixels(): AppError {
  const millions = LIMITS.picturePixels / 1_000_000;
  return new AppError(
    'UNSUPPORTED_MEDIA',
    `This picture is too large: it may have ${millions} million pixels.`,
  );
}
