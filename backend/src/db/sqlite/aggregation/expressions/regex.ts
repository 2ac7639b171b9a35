import { BSONRegExp } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { toRegExp } from '../../values/regex.ts';
import { failure } from '../failure.ts';
import { integer } from '../numbers.ts';
import { isNullish, ofNamed } from '../operator.ts';
import type { OperatorCompiler, Operators } from '../operator.ts';

/** Regular expressions: whether, where and what they match. */
export const regexOperators: Operators = {
  $regexMatch: matching('$regexMatch', (text, expression) => expression.test(text), false),
  $regexFind: matching(
    '$regexFind',
    (text, expression) => {
      const found = expression.exec(text);
      return found === null ? null : describe(text, found);
    },
    null,
  ),
  $regexFindAll: matching(
    '$regexFindAll',
    (text, expression) =>
      Array.from(text.matchAll(new RegExp(expression.source, `${expression.flags}g`)), (found) =>
        describe(text, found),
      ),
    [],
  ),
};

function matching(
  name: string,
  work: (text: string, expression: RegExp) => unknown,
  nothing: unknown,
): OperatorCompiler {
  return ofNamed(name, ['input', 'regex'], ['options'], ({ input, regex, options }) => {
    if (!isNullish(options) && typeof options !== 'string') {
      throw failure(51106, `${name} needs 'options' to be of type string`);
    }
    if (isNullish(regex)) return nothing;
    if (typeof regex !== 'string' && !(regex instanceof BSONRegExp)) {
      throw failure(51105, `${name} needs 'regex' to be of type string or regex`);
    }
    if (isNullish(input)) return nothing;
    if (typeof input !== 'string') throw failure(51104, `${name} needs 'input' to be of type string`);
    return work(input, toRegExp(regex, options ?? undefined));
  });
}

function describe(text: string, found: RegExpExecArray): Document {
  return {
    match: found[0],
    idx: integer(codePoints(text.slice(0, found.index))),
    captures: found.slice(1).map((capture: string | undefined) => capture ?? null),
  };
}

function codePoints(text: string): number {
  return [...text].length;
}
