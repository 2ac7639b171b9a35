import { rm } from 'node:fs/promises';
import { LIMITS } from '@wzatco/sdk/contract/constants';
import pLimit from 'p-limit';
import { AppError } from '../../lib/app-error.ts';
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
/** A decoded picture takes 4 bytes a pixel: one at a time, the others wait. */
const oneAtATime = pLimit(1);

/**
 * Measures a picture and makes its thumbnail, in the runtime's own threads: turned as its camera says, with nothing
 * of its metadata. A picture that cannot be decoded here (damaged, HEIC) is a file without one.
 *
 * @throws UNSUPPORTED_MEDIA for a picture whose decoding would take too much memory, before it is decoded
 */
export function takePicture(path: string, type: string): Promise<Picture> {
  return type.startsWith('image/') ? oneAtATime(() => measure(path)) : Promise.resolve(NO_PICTURE);
}

async function measure(path: string): Promise<Picture> {
  const thumbnail = thumbnailOf(path);
  try {
    const { width, height } = await open(path).metadata();
    if (Math.max(width, height) > LONGEST_SIDE || width * height > LIMITS.picturePixels)
      throw tooManyPixels();
    const side = LIMITS.thumbnailSide;
    const bytes = await open(path)
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .bytes();
    await writeDurably(thumbnail, bytes);
    return { width, height, hasThumbnail: true };
  } catch (error) {
    await rm(thumbnail, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_IMAGE_TOO_MANY_PIXELS') throw tooManyPixels();
    if (code.startsWith('ERR_IMAGE_')) return NO_PICTURE;
    throw error;
  }
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
