import { ATTACHMENT_TYPES } from '@wzatco/sdk/contract/constants';
import { fileTypeFromFile } from 'file-type';
import { AppError } from '../../lib/app-error.ts';
import { extensionOf } from './file-name.ts';
import { isText } from './is-text.ts';

/** Office's old container, which says by its name only what is in it. */
const OLD_OFFICE = 'application/x-cfb';
const BY_ENDING: Readonly<Record<string, readonly string[]>> = {
  [OLD_OFFICE]: ['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint'],
  'text/plain': ['text/csv', 'text/markdown'],
};
/** Nothing honest takes longer to be recognised, in milliseconds. */
const LONGEST = 5_000;

/**
 * What a file is by its own bytes, whatever its sender says; the name only tells kinds apart that look the same.
 *
 * @throws UNSUPPORTED_MEDIA for what is not in `ATTACHMENT_TYPES`
 */
export async function recogniseType(path: string, name: string): Promise<string> {
  const shown = await fileTypeFromFile(path, { signal: AbortSignal.timeout(LONGEST) });
  const type = shown ? (shown.mime.split(';')[0] ?? '') : (await isText(path)) ? 'text/plain' : '';
  const ending = extensionOf(name);
  const byEnding = BY_ENDING[type]?.find((candidate) => ATTACHMENT_TYPES[candidate]?.includes(ending));
  const known = byEnding ?? type;
  if (!(known in ATTACHMENT_TYPES)) {
    throw new AppError(
      'UNSUPPORTED_MEDIA',
      'This type of file is not taken. Pictures, PDF, office documents, text, audio, video and ZIP are.',
    );
  }
  return known;
}
