import type { ClientError } from '../../../client/index.ts';
import type { Texts } from '../../locales/en.ts';
import { fileSize } from './file-size.ts';

/** Why a file was not taken, for the person who chose it. */
export function refusalWords(
  { code, message, details }: Pick<ClientError, 'code' | 'message' | 'details'>,
  texts: Texts,
  locale: string,
): string {
  const most = details?.['maxBytes'];
  if (code === 'PAYLOAD_TOO_LARGE')
    return texts.fileTooLarge(typeof most === 'number' ? fileSize(most, locale) : '');
  return code === 'UNSUPPORTED_MEDIA' ? texts.fileRefused : message;
}
