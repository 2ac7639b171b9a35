import { asNumber, isDocument, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';
import { badValue, serverError, unsupported } from '../driver/errors.ts';
import { compileFilter } from '../search/matcher.ts';
import { describeText, isText, parseText } from './text-spec.ts';
import type { TextSpec } from './text-spec.ts';

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
  /** Set for a text index, which has no fields of the other kind. */
  readonly text: TextSpec | undefined;
  /** The path that was asked for as `hashed`: here its keys are those of any index. */
  readonly hashed: string | undefined;
};

const ACCEPTED = new Set(
  (
    'name unique sparse partialFilterExpression expireAfterSeconds collation ' +
    'background session comment v key ns'
  ).split(' '),
);

/**
 * Reads `createIndex(keys, options)`.
 *
 * @throws MongoServerError that names a kind of index or an option which is not supported
 */
export function parseIndexSpec(keys: unknown, options: Document = {}): IndexSpec {
  const pairs = keyPairs(keys);
  if (isText(pairs)) return textIndex(pairs, options);
  const fields = parseKeys(pairs);
  for (const [option, value] of Object.entries(options)) {
    if (value !== undefined && !ACCEPTED.has(option)) throw unsupported(`the index option ${option}`);
  }
  const expires = parseExpiry(options['expireAfterSeconds'], fields);
  const name = options['name'];
  const collation = parseCollation(options['collation']);
  if (collation !== undefined && collation.keyOf === undefined) {
    throw unsupported(`an index with the collation locale ${String(collation.options['locale'])}`);
  }
  return {
    name: typeof name === 'string' ? name : nameOf(pairs, fields),
    fields,
    unique: readFlag('unique', options['unique']),
    sparse: readFlag('sparse', options['sparse']),
    partial: parsePartial(options['partialFilterExpression']),
    expireAfterSeconds: expires,
    collation: collation?.options,
    text: undefined,
    hashed: hashedPath(pairs, options),
  };
}

/** As MongoDB reads it: a number is a yes too. */
function readFlag(option: string, value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'boolean') return value === true;
  const number = asNumber(value);
  if (number !== undefined) return number !== 0;
  throw serverError(
    14,
    'TypeMismatch',
    `The index option ${option} must be true or false, not ${JSON.stringify(value)}`,
  );
}

const MOST_SECONDS = 2 ** 31 - 1;

function parseExpiry(value: unknown, fields: IndexSpec['fields']): number | undefined {
  if (value === undefined || value === null) return undefined;
  const seconds = asNumber(value);
  const wrong = (reason: string) => serverError(67, 'CannotCreateIndex', reason);
  if (seconds === undefined || !(seconds >= 0 && seconds <= MOST_SECONDS))
    throw wrong(`TTL index 'expireAfterSeconds' option must be a number from 0 to ${MOST_SECONDS}`);
  if (fields.length > 1) throw wrong('TTL indexes are single-field indexes');
  if (fields[0]?.[0] === '_id') throw wrong('The field _id cannot be a TTL index');
  return seconds;
}

function nameOf(pairs: readonly Pair[], fields: IndexSpec['fields']): string {
  return fields
    .flatMap(([path, direction], at) => [path, pairs[at]?.[1] === 'hashed' ? 'hashed' : direction])
    .join('_');
}

function textIndex(pairs: readonly Pair[], options: Document): IndexSpec {
  const name = options['name'];
  return {
    name: typeof name === 'string' ? name : pairs.flat().join('_'),
    fields: [],
    unique: false,
    sparse: false,
    partial: undefined,
    expireAfterSeconds: undefined,
    collation: undefined,
    text: parseText(pairs, options),
    hashed: undefined,
  };
}

function hashedPath(pairs: readonly Pair[], options: Document): string | undefined {
  const [path, another] = pairs.filter(([, kind]) => kind === 'hashed').map(([name]) => String(name));
  if (another !== undefined)
    throw serverError(31303, 'Location31303', 'A maximum of one index field is allowed to be hashed');
  if (path !== undefined && readFlag('unique', options['unique']))
    throw serverError(16764, 'Location16764', 'Currently hashed indexes cannot guarantee uniqueness');
  return path;
}

/** The `{ path: direction }` form that MongoDB shows. */
export function keyPattern(spec: IndexSpec): Document {
  if (spec.text !== undefined) return { _fts: 'text', _ftsx: 1 };
  return Object.fromEntries(
    spec.fields.map(([path, direction]) => [path, path === spec.hashed ? 'hashed' : direction]),
  );
}

/** An index as `listIndexes` shows it. */
export function describeIndex(spec: IndexSpec): Document {
  const described: Document = { v: 2, key: keyPattern(spec), name: spec.name };
  if (spec.unique) described['unique'] = true;
  if (spec.sparse) described['sparse'] = true;
  if (spec.partial !== undefined) described['partialFilterExpression'] = spec.partial;
  if (spec.expireAfterSeconds !== undefined) described['expireAfterSeconds'] = spec.expireAfterSeconds;
  if (spec.collation !== undefined) described['collation'] = spec.collation;
  if (spec.text !== undefined) Object.assign(described, describeText(spec.text));
  return described;
}

type Pair = readonly [path: unknown, kind: unknown];

/** Reads any way of writing keys: `{a: 1}`, a Map, `[['a', 1]]`, `'a'`. */
function keyPairs(keys: unknown): Pair[] {
  if (typeof keys === 'string') return [[keys, 1]];
  if (Array.isArray(keys)) {
    return keys.flatMap((key: unknown): Pair[] => (Array.isArray(key) ? [[key[0], key[1]]] : keyPairs(key)));
  }
  if (keys instanceof Map) return [...keys];
  return isDocument(keys) ? Object.entries(keys) : [];
}

function parseKeys(pairs: readonly Pair[]): [string, 1 | -1][] {
  if (pairs.length === 0) throw badValue('an index needs at least one key');
  return pairs.map(([path, kind]) => {
    const name = String(path);
    if (name.includes('$')) throw unsupported(`the wildcard index key '${name}'`);
    if (kind === 'hashed') return [name, 1];
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
