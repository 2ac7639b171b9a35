/**
 * How many characters (code points) a text has: an emoji of one code point is one, as limits count; half a surrogate pair
 * is one too. Long texts are counted in place.
 *
 * @example charactersIn('😀!') // 2, where `length` says 3
 */
export function charactersIn(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length - 1; at += 1) {
    if (!isHalf(text, at, 0xd800) || !isHalf(text, at + 1, 0xdc00)) continue;
    pairs += 1;
    at += 1;
  }
  return text.length - pairs;
}

/** Is there the first (from U+D800) or the second half (from U+DC00) of a pair? */
function isHalf(text: string, at: number, from: 0xd800 | 0xdc00): boolean {
  return (text.charCodeAt(at) & 0xfc00) === from;
}
