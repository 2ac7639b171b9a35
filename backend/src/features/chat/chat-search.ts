/**
 * The lengths, in characters, at which a word's beginning is kept beside the word: an index finds a whole term only,
 * so a search looks up the longest of them that it has and reads no further than that.
 */
const BEGINNINGS = [1, 3, 5, 8, 12];

/** The terms a chat is found by: the words of the name, the address whole, and their beginnings. */
export function searchTermsOf(name: string, email: string | null): string[] {
  const words = [...wordsOf(name).slice(0, 10), ...(email ? [email.toLowerCase()] : [])];
  return [
    ...new Set(words.flatMap((word) => [word, ...BEGINNINGS.map((length) => beginning(word, length))])),
  ];
}

/** What somebody searches for. */
export interface Search {
  /** A term that whatever is found must have: what the index is asked for. */
  term: string;
  /** What one of its terms must fit, for each word that was searched for. */
  words: RegExp[];
}

/** @returns null where nothing is searched for. @example searchOf('car exa') finds Carla of carla@… and Example Inc. */
export function searchOf(q: string | undefined): Search | null {
  const words = wordsOf(q ?? '');
  const [longest] = words.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return null;
  const length = BEGINNINGS.findLast((kept) => kept <= Array.from(longest).length) ?? 1;
  return {
    term: beginning(longest, length),
    words: words.map((word) => new RegExp(`^${RegExp.escape(word)}`)),
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function beginning(word: string, length: number): string {
  return Array.from(word).slice(0, length).join('');
}
