import { BSONRegExp } from './bson.ts';
import { badValue, unsupported } from '../driver/errors.ts';

/** What MongoDB's expressions know and JavaScript's silently read as letters: `\A`, `\Q…\E`, `[[:digit:]]` and the like. */
const PERL_ONLY = /(?<=(?<!\\)(?:\\\\)*)\\[ACEGHKNQRXZaehz]|\[:\^?[a-z]+:\]/;

/** Builds a JavaScript expression out of any way a filter may write one. */
export function toRegExp(pattern: unknown, options?: unknown): RegExp {
  const given = options === undefined ? undefined : String(options);
  if (pattern instanceof RegExp) return build(pattern.source, given ?? pattern.flags.replace(/[gy]/g, ''));
  if (pattern instanceof BSONRegExp) return build(pattern.pattern, given ?? pattern.options);
  if (typeof pattern === 'string') return build(pattern, given ?? '');
  throw badValue('$regex has to be a string');
}

function build(source: string, flags: string): RegExp {
  for (const flag of flags) {
    if (!'imsu'.includes(flag)) throw unsupported(`the regular expression option '${flag}'`);
  }
  const foreign = PERL_ONLY.exec(source)?.[0];
  if (foreign !== undefined) throw unsupported(`${foreign} in a regular expression`);
  try {
    return new RegExp(source, [...new Set(flags)].join(''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw badValue(`Regular expression is invalid: ${reason}`);
  }
}
