import { BSONRegExp } from '../values/bson.ts';

/**
 * The text that every match of an expression begins with; undefined where that cannot be told.
 *
 * @example regexPrefix(new BSONRegExp('^T-0*1'), undefined) // 'T-'
 */
export function regexPrefix(pattern: unknown, options: unknown): string | undefined {
  const source = sourceOf(pattern);
  const flags = options === undefined ? flagsOf(pattern) : String(options);
  // With `m`, `^` is the beginning of any line; with `x`, blanks mean nothing.
  if (source === undefined || /[imx]/.test(flags) || !source.startsWith('^') || source.includes('|'))
    return undefined;
  let prefix = '';
  for (let at = 1; at < source.length;) {
    const [, escape = '', character = ''] = /^(\\?)([^])/.exec(source.slice(at)) ?? [];
    const isLiteral = escape === '' ? /[^\\^$.*+?()[\]{}]/.test(character) : /[^A-Za-z0-9]/.test(character);
    const next = source[at + escape.length + 1] ?? '';
    // What may be repeated no times is no part of the beginning; halves of a character are none either.
    if (!isLiteral || '*?{'.includes(next || ' ') || character < ' ' || character > '\ud7ff') break;
    prefix += character;
    at += escape.length + 1;
    if (next === '+') break;
  }
  return prefix === '' ? undefined : prefix;
}

function sourceOf(pattern: unknown): string | undefined {
  if (pattern instanceof BSONRegExp) return pattern.pattern;
  if (pattern instanceof RegExp) return pattern.source;
  return typeof pattern === 'string' ? pattern : undefined;
}

function flagsOf(pattern: unknown): string {
  if (pattern instanceof BSONRegExp) return pattern.options;
  return pattern instanceof RegExp ? pattern.flags : '';
}
