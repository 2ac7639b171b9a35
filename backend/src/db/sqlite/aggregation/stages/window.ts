import { isDocument } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { serverError, unsupported } from '../../driver/errors.ts';
import { parseSort, sortDocuments } from '../../search/sort-order.ts';
import type { SortSpec } from '../../search/sort-order.ts';
import { compileAccumulator, isAccumulator } from '../accumulators/all-accumulators.ts';
import { valueKey } from '../expressions/sets.ts';
import { failure } from '../failure.ts';
import { withField } from '../field-path.ts';
import { namedOperands } from '../operator.ts';
import type { Compile } from '../operator.ts';
import { scopeOf } from '../scope.ts';
import type { Stage, Stages } from '../stage.ts';
import { compareResults } from '../value-order.ts';
import { compileBounds } from '../windows/window-bounds.ts';
import type { Bounds } from '../windows/window-bounds.ts';
import { windowFunctions } from '../windows/window-functions.ts';
import type { WindowFunction } from '../windows/window-functions.ts';
import { sliceFunctions } from '../windows/window-slopes.ts';

/** Fields that are worked out of a document's neighbours. */
export const windowStages: Stages = {
  $setWindowFields: (operand, { expression }) => {
    const parts = namedOperands('$setWindowFields', operand, ['output'], ['partitionBy', 'sortBy']);
    if (!isDocument(parts.output)) throw failure(9, "'output' of $setWindowFields must be an object");
    const sort = parseSort(parts.sortBy);
    const outputs = Object.entries(parts.output).map(
      ([field, spec]) => [field.split('.'), compileOutput(field, spec, sort, expression)] as const,
    );
    return inPartitions(expression(parts.partitionBy ?? null), sort, outputs);
  },

  $fill: (operand, { pipeline }) => {
    const optional = ['partitionBy', 'partitionByFields', 'sortBy'] as const;
    const parts = namedOperands('$fill', operand, ['output'], optional);
    if (!isDocument(parts.output)) throw failure(9, "'output' of $fill must be an object");
    const windows: Document = {};
    const values: Document = {};
    for (const [field, spec] of Object.entries(parts.output)) {
      const { method, value } = namedOperands('$fill', spec, [], ['method', 'value']);
      if (method === 'linear') windows[field] = { $linearFill: `$${field}` };
      else if (method === 'locf') windows[field] = { $locf: `$${field}` };
      else if (method === undefined) values[field] = { $ifNull: [`$${field}`, value] };
      else throw failure(6050202, "Method must be either 'locf' or 'linear'");
    }
    const { partitionByFields: fields } = parts;
    const byFields = Array.isArray(fields)
      ? Object.fromEntries(fields.map((field) => [String(field).replaceAll('.', '_'), `$${String(field)}`]))
      : null;
    const { sortBy, partitionBy = byFields } = parts;
    const order = sortBy === undefined ? {} : { sortBy };
    return pipeline([
      ...(Object.keys(windows).length > 0
        ? [{ $setWindowFields: { partitionBy, ...order, output: windows } }]
        : []),
      ...(Object.keys(values).length > 0 ? [{ $addFields: values }] : []),
    ]);
  },
};

function inPartitions(
  partitionBy: ReturnType<Compile>,
  sort: SortSpec,
  outputs: readonly (readonly [path: string[], work: WindowFunction])[],
): Stage {
  return function* (documents, { variables }) {
    const partitions = new Map<string, { key: unknown; documents: Document[] }>();
    for (const document of documents) {
      const key = partitionBy(scopeOf(document, variables)) ?? null;
      if (Array.isArray(key))
        throw serverError(14, 'TypeMismatch', 'An expression used to partition cannot evaluate to an array');
      const name = valueKey(key);
      const known = partitions.get(name);
      if (known === undefined) partitions.set(name, { key, documents: [document] });
      else known.documents.push(document);
    }
    const ordered = [...partitions.values()].sort((a, b) => compareResults(a.key, b.key));
    for (const { documents: members } of ordered) {
      const partition = sort.length === 0 ? members : sortDocuments(members, sort, (document) => document);
      const columns = outputs.map(([path, work]) => [path, work(partition, variables)] as const);
      for (const [at, document] of partition.entries()) {
        let result = document;
        for (const [path, values] of columns) result = withField(result, path, values[at]);
        yield result;
      }
    }
  };
}

function compileOutput(field: string, spec: unknown, sort: SortSpec, compile: Compile): WindowFunction {
  if (!isDocument(spec)) throw failure(9, `the output '${field}' must be an object`);
  const { window, ...rest } = spec;
  const [name = '', ...others] = Object.keys(rest);
  if (others.length > 0) throw failure(9, `the output '${field}' takes one function and a window`);
  const place = windowFunctions[name];
  if (place !== undefined) {
    if (window !== undefined) throw failure(5371601, `${name} does not accept a 'window' field`);
    return place(rest[name], sort, compile);
  }
  const bounds = compileBounds(window, sort);
  const slice = sliceFunctions[name]?.(rest[name], sort, compile);
  if (slice !== undefined) {
    return (partition, variables) =>
      partition.map((_, at) => slice(partition.slice(...bounds(partition, at)), variables));
  }
  if (!isAccumulator(name)) throw unsupported(`the window function ${name}`);
  return accumulated(field, rest, bounds, compile);
}

/** A window that only grows is gathered once; one that loses documents is gathered anew. */
function accumulated(field: string, spec: Document, bounds: Bounds, compile: Compile): WindowFunction {
  const { input, start } = compileAccumulator(field, spec, compile);
  return (partition, variables) => {
    const group = scopeOf({}, variables);
    const values = partition.map((document) => input(scopeOf(document, variables)));
    let gathered = { accumulator: start(group), from: 0, to: 0, result: undefined as unknown };
    return partition.map((_, at) => {
      const [from, to] = bounds(partition, at);
      const isGrown = from === gathered.from && to >= gathered.to;
      if (isGrown && to === gathered.to && to > from) return gathered.result;
      const accumulator = isGrown ? gathered.accumulator : start(group);
      for (const value of values.slice(isGrown ? gathered.to : from, to)) accumulator.add(value);
      gathered = { accumulator, from, to, result: accumulator.result() ?? null };
      return gathered.result;
    });
  };
}
