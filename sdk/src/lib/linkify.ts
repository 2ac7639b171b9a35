/** A piece of a message: plain, or a link that is safe to follow. */
export interface TextPart {
  text: string;
  href: string | null;
}

const CANDIDATE = /(?:https?:\/\/|mailto:|www\.)[^\s<>"]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/giu;
const SAFE = new Set(['http:', 'https:', 'mailto:']);

/** Cuts what belongs to the sentence rather than to the address: punctuation, and a bracket that was opened before. */
function withoutSentence(address: string): string {
  const count = (character: string) => address.split(character).length;
  /** By closing bracket: how many there are beyond those that the address opens. Counted once: an address can be all brackets. */
  const excess = new Map(
    ['()', '[]', '{}'].map(([open = '', close = '']) => [close, count(close) - count(open)]),
  );
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    const over = excess.get(last) ?? 0;
    if (over > 0) excess.set(last, over - 1);
    else if (!/[.,;:!?'"*_~،؟。」]/u.test(last)) break;
  }
  return address.slice(0, end);
}

function hrefOf(address: string): string | null {
  const hasScheme = /^(?:https?:\/\/|mailto:)/i.test(address);
  const full = hasScheme
    ? address
    : address.includes('@') && !/^www\./i.test(address)
      ? `mailto:${address}`
      : `https://${address}`;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  const empty = url.protocol === 'mailto:' ? url.pathname === '' : !url.hostname.includes('.') && !hasScheme;
  // A name before an @ would dress up another address.
  const disguised = url.protocol !== 'mailto:' && `${url.username}${url.password}` !== '';
  return SAFE.has(url.protocol) && !empty && !disguised ? url.href : null;
}

/**
 * The link of an address that must be a web page; null for anything else.
 *
 * @example
 * webAddress('javascript:alert(1)'); // null
 */
export function webAddress(address: string): string | null {
  return /^https?:\/\//i.test(address) ? hrefOf(address) : null;
}

/**
 * Splits a message into text and links (http, https, mailto; nothing else ever). Joined again, the parts are the text.
 *
 * @example
 * linkify('See https://example.com.'); // 'See ', 'https://example.com' with href, '.'
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = withoutSentence(match[0]);
    const href = hrefOf(address);
    if (!href) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}
