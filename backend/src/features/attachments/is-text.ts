import { createReadStream } from 'node:fs';

/** What no text has: control characters other than tab, line ends and form feed. */
const CONTROL = /[^\P{Cc}\t\n\r\f\u0080-\u009f]/u;
/** Pages, drawings and programs are text too, and nothing that people send each other to read. */
const MARKUP =
  /^\s*(<\?|<!doctype|<!--|<(html|head|body|svg|script|iframe|object|embed|meta|math)\b|#!|@echo\b)/i;

/** Is the file plain text, in UTF-8, UTF-16 with its mark, or an encoding of one byte a character? */
export async function isText(path: string): Promise<boolean> {
  let decoder: TextDecoder | null = null;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    const isFirst = decoder === null;
    decoder ??= new TextDecoder(encodingOf(piece));
    const text = decoder.decode(piece, { stream: true });
    if (CONTROL.test(text) || (isFirst && MARKUP.test(text))) return false;
  }
  return decoder !== null;
}

/** Without a mark each byte is looked at by itself: no part of a character of UTF-8 is a control character. */
function encodingOf(first: Buffer): string {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  return first[0] === 0xef && first[1] === 0xbb ? 'utf-8' : 'latin1';
}
