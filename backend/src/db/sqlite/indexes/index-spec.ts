import { asNumber, isDocument, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';
import { badValue, serverError, unsupported } from '../driver/errors.ts';
import { compileFilter } from '../search/matcher.ts';

/** What an index is, as its creator said it. Stored in the catalogue as BSON. */
export type IndexSpec = {
  readonly name: string;
  readonly fields: readonly (readonly [path: string, direction: 1 | -1])[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Document | undefined;
  readonly expireAfterSeconds: number | undefined;
  /** All options of its collation, with the version of the language data that its keys were made by. */
  readonly collation: Document | undefined;
};

const ACCEPTED = new Set(
  (
    'name unique sparse partialFilterExpression expireAfterSeconds collation ' +
    'background session comment maxTimeMS v key ns'
  ).split(' '),
);

/**
 * Reads `createIndex(keys, options)`.
 *
 * @throws MongoServerError that names a kind of index or an option which is not supported
 */
export function parseIndexSpec(keys: unknown, options: Document = {}): IndexSpec {
  const fields = parseKeys(keys);
  for (const [option, value] of Object.entries(options)) {
    if (value !== undefined && !ACCEPTED.has(option)) throw unsupported(`the index option ${option}`);
  }
  const expires = asNumber(options['expireAfterSeconds']);
  if (expires !== undefined && fields.length > 1) {
    throw serverError(67, 'CannotCreateIndex', 'TTL indexes are single-field indexes');
  }
  const name = options['name'];
  const collation = parseCollation(options['collation']);
  if (collation !== undefined && collation.keyOf === undefined) {
    throw unsupported(`an index with the collation locale ${String(collation.options['locale'])}`);
  }
  return {
    name: typeof name === 'string' ? name : fields.flat().join('_'),
    fields,
    unique: options['unique'] === true,
    sparse: options['sparse'] === true,
    partial: parsePartial(options['partialFilterExpression']),
    expireAfterSeconds: expires,
    collation: collation?.options,
  };
}

/** The `{ path: direction }` form that MongoDB shows. */
export function keyPattern(spec: IndexSpec): Document {
  return Object.fromEntries(spec.fields);
}

/** An index as `listIndexes` shows it. */
export function describeIndex(spec: IndexSpec): Document {
  const described: Document = { v: 2, key: keyPattern(spec), name: spec.name };
  if (spec.unique) described['unique'] = true;
  if (spec.sparse) described['sparse'] = true;
  if (spec.partial !== undefined) described['partialFilterExpression'] = spec.partial;
  if (spec.expireAfterSeconds !== undefined) described['expireAfterSeconds'] = spec.expireAfterSeconds;
  if (spec.collation !== undefined) described['collation'] = spec.collation;
  return described;
}

function parseKeys(keys: unknown): [string, 1 | -1][] {
  if (typeof keys === 'string') return [[keys, 1]];
  const pairs: [unknown, unknown][] = Array.isArray(keys)
    ? keys.flatMap(
        (key) => (Array.isArray(key) ? [[key[0], key[1]]] : parseKeys(key)) as [unknown, unknown][],
      )
    : keys instanceof Map
      ? [...keys]
      : isDocument(keys)
        ? Object.entries(keys)
        : [];
  if (pairs.length === 0) throw badValue('an index needs at least one key');
  return pairs.map(([path, kind]) => {
    const name = String(path);
    if (name.includes('$')) throw unsupported(`the wildcard index key '${name}'`);
    if (typeof kind === 'string') throw unsupported(`the index kind '${kind}' on '${name}'`);
    const direction = asNumber(kind);
    if (direction === undefined || direction === 0) throw badValue(`bad index direction at '${name}'`);
    return [name, direction > 0 ? 1 : -1];
  });
}

const PARTIAL_OPERATORS = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in']);

function parsePartial(expression: unknown): Document | undefined {
  if (expression === undefined) return undefined;
  if (!isDocument(expression)) throw badValue('partialFilterExpression must be a document');
  const filter = normalise(expression);
  for (const [path, condition] of Object.entries(filter)) {
    if (path.startsWith('$')) throw unsupported(`${path} in a partialFilterExpression`);
    for (const operator of isDocument(condition) ? Object.keys(condition) : []) {
      if (!operator.startsWith('$')) continue;
      const isFalseExists = operator === '$exists' && (condition as Document)['$exists'] === false;
      if (!PARTIAL_OPERATORS.has(operator) || isFalseExists) {
        throw unsupported(`${operator} in a partialFilterExpression`);
      }
    }
  }
  compileFilter(filter);
  return filter;
}
