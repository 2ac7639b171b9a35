/** Languages whose equal strings have equal keys: the test beside this file goes through all of Unicode for each. */
export const INDEXED_LOCALES: readonly string[] = (
  'en en-US en-GB de fr fr-CA it es pt pt-BR nl ca ro pl cs sk sl hr sr bg ru el lt lv et id vi ' +
  'he hi ja ko zh zh-Hant'
).split(' ');

/** Letters and signs up to here make up the keys; later ones are left out, except for ideographs. */
const LAST_LETTER = 0x30ff;
/** After an `l` this is only an accent of it. */
const MIDDLE_DOT = '\u00b7';
/** Equal to U+16FF3, which would otherwise be left out alone. */
const EXTRA_LETTER = '\u5152';
/** Sorts after everything. */
const LAST = '\uffff';
const IDEOGRAPH = /^\p{Unified_Ideograph}$/u;

/**
 * Makes the function that turns a string into what an index keeps of it: its base letters as the
 * language sees them, `Ada`, `ÁDA` and `ａｄａ` being one. Intl.Collator gives no sort keys, so each
 * character is looked up among the language's letters by comparing. The key is coarse on purpose:
 * whoever finds a document by it still compares the strings.
 *
 * @param isNumeric digits count by their value, so that zeros, which may stand in front, are left out
 * @returns undefined for a language that this does not hold for
 */
export function collationKeys(locale: string, isNumeric: boolean): ((text: string) => string) | undefined {
  if (!INDEXED_LOCALES.includes(locale)) return undefined;
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base' });
  const known = new Map<string, string>();
  let letters: readonly string[] | undefined;
  const lettersOf = (character: string): string => {
    letters ??= baseLetters(compare);
    const compatible = character.normalize('NFKD');
    const isSame = compatible !== character && compare(compatible, character) === 0;
    let found = '';
    for (const part of isSame ? compatible : character) found += spell(part, letters, compare);
    return isNumeric ? found.replaceAll('0', '') : found;
  };
  return (text) => {
    let key = '';
    for (const character of text.normalize('NFD')) {
      let found = known.get(character);
      if (found === undefined) known.set(character, (found = lettersOf(character)));
      key += found;
    }
    return key;
  };
}

type Compare = (a: string, b: string) => number;

/** The language's letters in its order, one for each that differs; none that is spelt with others (`æ` = `ae`). */
function baseLetters(compare: Compare): string[] {
  const all = [EXTRA_LETTER];
  for (let code = 0; code <= LAST_LETTER; code++) {
    const letter = String.fromCodePoint(code);
    const isIgnored = letter === MIDDLE_DOT || compare(letter, '') === 0;
    if (!isIgnored && letter.normalize('NFD') === letter) all.push(letter);
  }
  all.sort((a, b) => compare(a, b) || (a < b ? -1 : 1));
  const letters: string[] = [];
  for (const letter of all) {
    const before = letters.at(-1);
    if (before === undefined || compare(before + LAST, letter) <= 0) letters.push(letter);
  }
  return letters;
}

/** Writes a character with base letters: `å` as `a`, `æ` as `ae`, a sign that counts for nothing as nothing. */
function spell(character: string, letters: readonly string[], compare: Compare): string {
  if (compare(character, '') === 0) return '';
  let spelt = '';
  for (;;) {
    const letter = lastNotAfter(character, spelt, letters, compare);
    if (letter !== undefined && compare(spelt + letter, character) === 0) return spelt + letter;
    if (letter === undefined || compare(spelt + letter + LAST, character) <= 0) break;
    spelt += letter;
  }
  return spelt === '' && IDEOGRAPH.test(character) ? character : spelt;
}

/** The last letter that, after `spelt`, does not sort behind the character. */
function lastNotAfter(
  character: string,
  spelt: string,
  letters: readonly string[],
  compare: Compare,
): string | undefined {
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(spelt + (letters[middle] ?? ''), character) <= 0) low = middle + 1;
    else high = middle;
  }
  return letters[low - 1];
}
