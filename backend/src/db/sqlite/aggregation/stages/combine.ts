import { isDocument } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { unsupported } from '../../driver/errors.ts';
import { failure } from '../failure.ts';
import { setField } from '../field-path.ts';
import { namedOperands } from '../operator.ts';
import { scopeOf } from '../scope.ts';
import { splitPipeline } from '../split-pipeline.ts';
import type { Stages } from '../stage.ts';

const NOT_IN_FACETS = new Set(['$collStats', '$facet', '$geoNear', '$indexStats', '$out', '$merge']);

/** Pipelines beside each other, and one behind the other. */
export const combiningStages: Stages = {
  $facet: (operand, { pipeline }) => {
    if (!isDocument(operand) || Object.keys(operand).length === 0) {
      throw failure(40169, 'the $facet specification must be a non-empty object');
    }
    const facets = Object.entries(operand).map(([name, stages]) => {
      if (name.includes('.') || name.startsWith('$')) throw failure(16412, `'${name}' is no name of a facet`);
      const banned = (Array.isArray(stages) ? stages : [])
        .flatMap((stage) => (isDocument(stage) ? Object.keys(stage) : []))
        .find((stage) => NOT_IN_FACETS.has(stage));
      if (banned !== undefined)
        throw failure(40600, `${banned} is not allowed to be used within a $facet stage`);
      return [name, pipeline(stages)] as const;
    });
    return function* (documents, run) {
      const all = [...documents];
      const result: Document = {};
      for (const [name, stage] of facets) setField(result, name, [...stage(all, run)]);
      yield result;
    };
  },

  $documents: (operand, { expression }) => {
    const evaluate = expression(operand);
    return function* (_, { variables }) {
      const documents = evaluate(scopeOf({}, variables));
      if (!Array.isArray(documents) || !documents.every(isDocument)) {
        throw failure(5858203, '$documents must be an array of objects');
      }
      yield* documents;
    };
  },

  $unionWith: (operand, { pipeline }) => {
    const parts =
      typeof operand === 'string'
        ? { coll: operand }
        : namedOperands('$unionWith', operand, [], ['coll', 'pipeline']);
    const { coll, pipeline: stages = [] } = parts;
    if (isDocument(coll)) throw unsupported('$unionWith of another database');
    if (!Array.isArray(stages)) throw failure(9, "'pipeline' of $unionWith must be an array");
    const { request, rest } = splitPipeline(stages as Document[]);
    const after = pipeline(coll === undefined ? stages : rest);
    return function* (documents, run) {
      yield* documents;
      yield* after(typeof coll === 'string' ? run.read(coll, request) : [], run);
    };
  },
};
