import { isDocument } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { compileFilter } from '../../search/matcher.ts';
import type { Matcher } from '../../search/matcher.ts';
import { parseSort, sortDocuments } from '../../search/sort-order.ts';
import { failure } from '../failure.ts';
import { integer } from '../numbers.ts';
import { namedOperands } from '../operator.ts';
import { scopeOf } from '../scope.ts';
import type { Scope } from '../scope.ts';
import { wholeNumber } from '../split-pipeline.ts';
import type { Stages } from '../stage.ts';
import { isTruthy } from '../value-order.ts';

/** The stages that let documents pass, hold them back or put them in order. */
export const flowStages: Stages = {
  $match: (operand, { expression, collation }) => {
    if (!isDocument(operand)) throw failure(15959, 'the match filter must be an expression in an object');
    const filterFor = (variables: Scope['variables']): Matcher =>
      compileFilter(
        operand,
        (inner) => {
          const evaluate = expression(inner);
          return (document) => isTruthy(evaluate(scopeOf(document, variables)));
        },
        collation,
      );
    // Compiled here too: a wrong filter is an error before any document.
    const plain = filterFor({});
    const isPlain = !mentionsExpr(operand);
    return function* (documents, { variables }) {
      const matches = isPlain ? plain : filterFor(variables);
      for (const document of documents) if (matches(document)) yield document;
    };
  },

  $sort: (operand, { collation }) => {
    const order = parseSort(operand);
    if (order.length === 0) throw failure(15976, '$sort stage must have at least one sort key');
    return function* (documents) {
      yield* sortDocuments([...documents], order, (document) => document, collation);
    };
  },

  $skip: (operand) => {
    const count = wholeNumber(operand, '$skip', 0);
    return function* (documents) {
      let seen = 0;
      for (const document of documents) if (++seen > count) yield document;
    };
  },

  $limit: (operand) => {
    const count = wholeNumber(operand, '$limit', 1);
    return function* (documents) {
      let seen = 0;
      for (const document of documents) {
        yield document;
        if (++seen >= count) return;
      }
    };
  },

  $count: (operand) => {
    if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
      throw failure(40160, 'the count field must be a non-empty string without $ and dots');
    }
    return function* (documents) {
      let count = 0;
      for (const _ of documents) count += 1;
      if (count > 0) yield { [operand]: integer(count) };
    };
  },

  $sample: (operand) => {
    const size = wholeNumber(namedOperands('$sample', operand, ['size'], []).size, '$sample', 1);
    return function* (documents) {
      const kept: Document[] = [];
      let seen = 0;
      for (const document of documents) {
        seen += 1;
        const place = kept.length < size ? kept.length : Math.floor(Math.random() * seen);
        if (place < size) kept[place] = document;
      }
      yield* kept;
    };
  },
};

function mentionsExpr(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mentionsExpr);
  return isDocument(value) && ('$expr' in value || Object.values(value).some(mentionsExpr));
}
