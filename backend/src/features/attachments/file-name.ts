import { ATTACHMENT_TYPES, LIMITS } from '@wzatco/sdk/contract/constants';

/** Characters that systems forbid in names, and those that only turn the direction of what follows (`exe.gpj`). */
const UNFIT = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/gu;

/** The ending of a name in lower case, '' for none. */
export function extensionOf(name: string): string {
  return /[^.]\.([^.\s]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/**
 * A name as people may be given it: the last part of a path, without what hides or misleads, and with an ending that
 * fits what the file is, so that nobody opens a program that called itself a picture.
 *
 * @example safeFileName('C:\\temp\\Rechnung.exe', 'application/pdf') // 'Rechnung.exe.pdf'
 */
export function safeFileName(given: string, type: string): string {
  const endings = ATTACHMENT_TYPES[type] ?? [];
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const name = last
    .replaceAll(UNFIT, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  const ending = extensionOf(name);
  const fits = endings.includes(ending);
  const stem = (fits ? name.slice(0, -ending.length - 1) : name) || 'file';
  const suffix = `.${fits ? ending : (endings[0] ?? 'bin')}`;
  return cut(stem, LIMITS.fileName - suffix.length) + suffix;
}

/** By whole characters: half a surrogate pair is none. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
