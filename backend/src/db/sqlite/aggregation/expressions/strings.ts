import { failure } from '../failure.ts';
import { integer, wholeOf } from '../numbers.ts';
import { isNullish, nullable, ofNamed, ofValues } from '../operator.ts';
import type { OperatorCompiler, Operators } from '../operator.ts';
import { textOf } from '../text-of.ts';

const WHITESPACE =
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

/** Strings. Places count code points (CP) or UTF-8 bytes; letters change their case in ASCII only. */
export const stringOperators: Operators = {
  $concat: ofValues('$concat', [0, Infinity], (...values) =>
    values.some(isNullish) ? null : values.map((value) => stringOf('$concat', value, 16702)).join(''),
  ),
  $toLower: ofValues('$toLower', 1, (value) => textOf(value).replace(/[A-Z]/g, (c) => c.toLowerCase())),
  $toUpper: ofValues('$toUpper', 1, (value) => upper(textOf(value))),
  $strcasecmp: ofValues('$strcasecmp', 2, (a, b) => {
    const [x, y] = [upper(textOf(a)), upper(textOf(b))];
    return integer(Buffer.compare(Buffer.from(x), Buffer.from(y)));
  }),
  $strLenBytes: ofValues('$strLenBytes', 1, (value) =>
    integer(Buffer.byteLength(stringOf('$strLenBytes', value, 34473))),
  ),
  $strLenCP: ofValues('$strLenCP', 1, (value) => integer([...stringOf('$strLenCP', value, 34471)].length)),
  $substr: substrBytes,
  $substrBytes: substrBytes,
  $substrCP: ofValues('$substrCP', 3, (value, start, count) => {
    const from = wholeOf('$substrCP', start);
    const length = wholeOf('$substrCP', count);
    if (from < 0 || length < 0) throw failure(34455, '$substrCP needs nonnegative numbers');
    return [...textOf(value)].slice(from, from + length).join('');
  }),
  $indexOfBytes: indexOf('$indexOfBytes', (text) => Array.from(Buffer.from(text).toString('latin1'))),
  $indexOfCP: indexOf('$indexOfCP', (text) => [...text]),
  $split: nullable('$split', 2, (value, separator) => {
    const by = stringOf('$split', separator, 40086);
    if (by === '') throw failure(40087, '$split requires a non-empty separator');
    return stringOf('$split', value, 40085).split(by);
  }),
  $replaceOne: replacing('$replaceOne', (input, find, replacement) => input.replace(find, () => replacement)),
  $replaceAll: replacing('$replaceAll', (input, find, replacement) =>
    input.replaceAll(find, () => replacement),
  ),
  $trim: trimming('$trim', true, true),
  $ltrim: trimming('$ltrim', true, false),
  $rtrim: trimming('$rtrim', false, true),
};

/** A string; anything else is refused in the operator's name. */
function stringOf(name: string, value: unknown, code: number): string {
  if (typeof value === 'string') return value;
  throw failure(code, `${name} requires a string argument`);
}

function upper(text: string): string {
  return text.replace(/[a-z]/g, (c) => c.toUpperCase());
}

function substrBytes(...given: Parameters<OperatorCompiler>): ReturnType<OperatorCompiler> {
  const compile = ofValues('$substrBytes', 3, (value, start, count) => {
    const bytes = Buffer.from(textOf(value));
    const from = wholeOf('$substrBytes', start);
    const length = wholeOf('$substrBytes', count);
    if (from < 0) throw failure(50752, '$substrBytes needs a nonnegative starting index');
    const end = length < 0 ? bytes.length : Math.min(from + length, bytes.length);
    for (const edge of [from, end]) {
      const byte = bytes[edge] ?? 0;
      if ((byte & 0xc0) === 0x80)
        throw failure(28656, '$substrBytes: invalid range, in the middle of a char');
    }
    return bytes.toString('utf8', from, end);
  });
  return compile(...given);
}

function indexOf(name: string, unitsOf: (text: string) => string[]): OperatorCompiler {
  return ofValues(name, [2, 4], (value, wanted, start, end) => {
    if (isNullish(value)) return null;
    const units = unitsOf(stringOf(name, value, 40091));
    const search = unitsOf(stringOf(name, wanted, 40092));
    const from = start === undefined ? 0 : wholeOf(name, start);
    const to = end === undefined ? units.length : Math.min(wholeOf(name, end), units.length);
    if (from < 0 || to < 0) throw failure(40097, `${name} requires nonnegative indexes`);
    for (let at = from; at + search.length <= to; at++) {
      if (search.every((unit, i) => units[at + i] === unit)) return integer(at);
    }
    return integer(-1);
  });
}

function replacing(
  name: string,
  replace: (input: string, find: string, replacement: string) => string,
): OperatorCompiler {
  return ofNamed(name, ['input', 'find', 'replacement'], [], ({ input, find, replacement }) => {
    if ([input, find, replacement].some(isNullish)) return null;
    const text = stringOf(name, input, 51746);
    return replace(text, stringOf(name, find, 51745), stringOf(name, replacement, 51744));
  });
}

function trimming(name: string, isLeft: boolean, isRight: boolean): OperatorCompiler {
  return ofNamed(name, ['input'], ['chars'], ({ input, chars }, given) => {
    if (isNullish(input) || (given.has('chars') && isNullish(chars))) return null;
    const units = [...stringOf(name, input, 50699)];
    const cut = new Set(given.has('chars') ? stringOf(name, chars, 50700) : WHITESPACE);
    let from = 0;
    let to = units.length;
    if (isLeft) while (from < to && cut.has(units[from] ?? '')) from += 1;
    if (isRight) while (to > from && cut.has(units[to - 1] ?? '')) to -= 1;
    return units.slice(from, to).join('');
  });
}
