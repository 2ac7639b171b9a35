import { isDocument, Int32 } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { badValue } from '../driver/errors.ts';
import { compileFilter } from '../search/matcher.ts';
import { parseSort, sortDocuments } from '../search/sort-order.ts';
import { evaluate } from './expressions.ts';
import type { Stage, StageCompiler } from './run-pipeline.ts';
import { wholeNumber } from './split-pipeline.ts';

/** The stages that let documents pass, hold them back or put them in order. */
export const flowStages: Record<string, StageCompiler> = {
  $match: (operand, { variables, collation }) => {
    if (!isDocument(operand)) throw badValue('the match filter must be an object');
    const test = (expression: unknown, document: Document): unknown =>
      evaluate(expression, document, variables);
    const matches = compileFilter(operand, test, collation);
    return function* (documents) {
      for (const document of documents) if (matches(document)) yield document;
    };
  },

  $sort: (operand, { collation }) => {
    const order = parseSort(operand);
    if (order.length === 0) throw badValue('$sort stage must have at least one sort key');
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

  $limit: (operand) => limitStage(wholeNumber(operand, '$limit', 1)),

  $count: (operand) => {
    if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
      throw badValue('the count field must be a non-empty string without $ and dots');
    }
    return function* (documents) {
      let count = 0;
      for (const _ of documents) count += 1;
      if (count > 0) yield { [operand]: new Int32(count) };
    };
  },
};

/** Ends the stage before it as soon as there is enough. */
function limitStage(count: number): Stage {
  return function* (documents) {
    let seen = 0;
    for (const document of documents) {
      yield document;
      if (++seen >= count) return;
    }
  };
}
