import { asNumber, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { badValue } from '../driver/errors.ts';
import { parseSort } from '../search/sort-order.ts';
import type { SortSpec } from '../search/sort-order.ts';

/** What a search can do of a pipeline: the parts of a find. */
export type Leading = {
  readonly filter: Document;
  readonly sort?: SortSpec;
  readonly skip?: number;
  readonly limit?: number;
};

type Taken = { filters: Document[]; sort?: SortSpec; skip?: number; limit?: number };

/**
 * Takes what a find can do off the pipeline's beginning, as long as that keeps its meaning: any
 * `$match` and one `$sort`, then `$skip`, then `$limit`.
 *
 * @param pipeline went through `normalise`
 * @example splitPipeline([{ $sort: { a: 1 } }, { $match: { b: 2 } }, { $count: 'n' }])
 * // { request: { filter: { b: 2 }, sort: [['a', 1]] }, rest: [{ $count: 'n' }] }
 */
export function splitPipeline(pipeline: readonly Document[]): { request: Leading; rest: Document[] } {
  const taken: Taken = { filters: [] };
  let at = 0;
  while (at < pipeline.length && take(taken, pipeline[at] ?? {})) at += 1;
  const { filters, ...others } = taken;
  const [only = {}] = filters;
  const filter = filters.length > 1 ? { $and: filters } : only;
  return { request: { filter, ...others }, rest: pipeline.slice(at) };
}

/** Adds one stage to what the find does; false where that would change the meaning. */
function take(taken: Taken, stage: Document): boolean {
  const [name = ''] = Object.keys(stage);
  const operand = stage[name];
  const isCut = taken.skip !== undefined || taken.limit !== undefined;
  switch (name) {
    case '$match':
      // A filter before a sort or behind it is the same, behind a cut it is not.
      if (isCut || !isDocument(operand) || mentionsVariables(operand)) return false;
      if (Object.keys(operand).length > 0) taken.filters.push(operand);
      return true;
    case '$sort':
      // The later of two sorts decides, the earlier one orders what is equal to it: MongoDB sorts twice.
      if (isCut || taken.sort !== undefined) return false;
      taken.sort = parseSort(operand);
      return true;
    case '$skip':
      if (taken.limit !== undefined) return false;
      taken.skip = (taken.skip ?? 0) + wholeNumber(operand, '$skip', 0);
      return true;
    case '$limit':
      taken.limit = Math.min(taken.limit ?? Infinity, wholeNumber(operand, '$limit', 1));
      return true;
    default:
      return false;
  }
}

/** The count of a `$skip` or `$limit`. */
export function wholeNumber(operand: unknown, stage: string, least: number): number {
  const count = asNumber(operand);
  if (count === undefined || count < least || !Number.isInteger(count)) {
    throw badValue(`the ${stage} stage needs a whole number of at least ${least}`);
  }
  return count;
}

/** `$expr` may use the pipeline's variables, which a find does not know. */
function mentionsVariables(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('$$') && !SYSTEM_VARIABLES.test(value);
  if (Array.isArray(value)) return value.some(mentionsVariables);
  return isDocument(value) && Object.values(value).some(mentionsVariables);
}

const SYSTEM_VARIABLES = /^\$\$(ROOT|CURRENT|REMOVE)(\.|$)/;
