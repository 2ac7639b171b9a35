/** A stretch of a message: plain words, or a link. */
export type TextPart = { text: string; href?: string };

const CANDIDATE = /\b(?:https?:\/\/|www\.)[^\s<>"]+|\b(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;

/**
 * Finds web and e-mail addresses in what people write. Only http, https and mailto ever become links; what stands
 * after an address as punctuation stays outside of it.
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const found = trimmed(match[0]);
    const href = addressOf(found);
    if (href === null) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index) });
    parts.push({ text: found, href });
    at = match.index + found.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** The link of a page that a customer says to be on; null for anything that is not a web page. */
export function webAddress(text: string): string | null {
  return /^https?:\/\//i.test(text) ? addressOf(text) : null;
}

function trimmed(found: string): string {
  let text = found.replace(/[.,;:!?'"…]+$/u, '');
  while (text.endsWith(')') && count(text, ')') > count(text, '('))
    text = text.slice(0, -1).replace(/[.,;:!?]+$/u, '');
  return text;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function addressOf(found: string): string | null {
  const bare = !/^(?:https?:\/\/|mailto:)/i.test(found);
  const full = bare ? (/^www\./i.test(found) ? `https://${found}` : `mailto:${found}`) : found;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  if (url.protocol === 'mailto:') return url.href;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  return url.username === '' && url.password === '' ? url.href : null;
}
