/** How many avatar colours avatar.css has. */
const TINTS = 8;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function firstGrapheme(text: string): string {
  for (const { segment } of graphemes.segment(text)) return segment;
  return '';
}

/**
 * What an avatar shows for a name: the first letters of the first and the last word, whole emoji kept, brackets and
 * quotes around a word passed over.
 *
 * @example initialsOf('Ada King Lovelace') // 'AL'
 */
export function initialsOf(name: string): string {
  const words = name
    .split(/\s+/u)
    .map((word) => word.replace(/^[\p{Ps}\p{Pi}"']+/u, ''))
    .filter(Boolean);
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return (firstGrapheme(first) + (last === undefined ? '' : firstGrapheme(last))).toLocaleUpperCase();
}

/** The number of the colour that belongs to a name, 0 … 7, always the same for the same name. */
export function tintOf(name: string): number {
  let hash = 5381;
  for (const character of name.trim().toLocaleLowerCase()) {
    hash = (hash * 33 + (character.codePointAt(0) ?? 0)) % 2_147_483_647;
  }
  return hash % TINTS;
}
