import { asNumber, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { badValue, unsupported } from '../driver/errors.ts';

/** What a text index holds: which fields, how much each counts, how words are reduced. */
export type TextSpec = {
  /** By path, in alphabetical order, as MongoDB lists them. */
  readonly weights: Readonly<Record<string, number>>;
  /** English words count by their stem, `none` as they are. */
  readonly language: 'english' | 'none';
  /** The field by which a document says that it is in another language. */
  readonly languageField: string;
};

const MOST_WEIGHT = 99_999;
const TEXT_OPTIONS = new Set(['weights', 'default_language', 'language_override', 'textIndexVersion']);
const GENERAL_OPTIONS = new Set(['name', 'background', 'session', 'comment', 'maxTimeMS', 'v', 'key', 'ns']);

/** Whether an index's keys ask for a text index. */
export function isText(pairs: readonly (readonly [unknown, unknown])[]): boolean {
  return pairs.some(([, kind]) => kind === 'text');
}

/** What `listIndexes` shows as a text index's keys: the paths stand in its weights. */
const LISTED_KEYS = new Map<unknown, unknown>([
  ['_fts', 'text'],
  ['_ftsx', 1],
]);

/**
 * Reads the keys and options of a text index, also as `listIndexes` shows them.
 *
 * @throws MongoServerError that names what is not supported
 * @example parseText([['title', 'text']], { weights: { title: 5 }, default_language: 'none' })
 */
export function parseText(given: readonly (readonly [unknown, unknown])[], options: Document): TextSpec {
  const pairs = given.filter(([path, kind]) => LISTED_KEYS.get(path) !== (asNumber(kind) ?? kind));
  if (pairs.length === 0 && options['weights'] === undefined) throw badValue('a text index needs a path');
  for (const [path, kind] of pairs) {
    if (kind !== 'text') throw unsupported(`a text index with the other key '${String(path)}'`);
    if (String(path).includes('$')) throw unsupported(`the wildcard index key '${String(path)}'`);
  }
  for (const [option, value] of Object.entries(options)) {
    const isKnown = TEXT_OPTIONS.has(option) || GENERAL_OPTIONS.has(option);
    // `unique: false` and the like say nothing.
    if (!isKnown && value !== undefined && value !== false)
      throw unsupported(`the option ${option} of a text index`);
  }
  const version = asNumber(options['textIndexVersion']) ?? 3;
  if (version !== 3) throw unsupported(`textIndexVersion ${version}`);
  const field = options['language_override'] ?? 'language';
  if (typeof field !== 'string') throw badValue('language_override must be a string');
  return {
    weights: parseWeights(
      pairs.map(([path]) => String(path)),
      options['weights'],
    ),
    language: parseLanguage(options['default_language'] ?? 'english'),
    languageField: field,
  };
}

/**
 * Reads the name of a language.
 *
 * @throws MongoServerError that names one which is not supported
 */
export function parseLanguage(language: unknown): TextSpec['language'] {
  if (language === 'english' || language === 'en') return 'english';
  if (language === 'none') return 'none';
  throw unsupported(`the text search language '${String(language)}'`);
}

/** A text index as `listIndexes` shows it. */
export function describeText({ weights, language, languageField }: TextSpec): Document {
  return {
    weights: { ...weights },
    default_language: language,
    language_override: languageField,
    textIndexVersion: 3,
  };
}

function parseWeights(paths: readonly string[], given: unknown): Record<string, number> {
  if (given !== undefined && !isDocument(given)) throw badValue('weights must be a document');
  const weights = new Map(paths.map((path) => [path, 1]));
  for (const [path, value] of Object.entries(given ?? {})) {
    const weight = asNumber(value);
    if (weight === undefined || weight < 1 || weight > MOST_WEIGHT)
      throw badValue(`text index weight must be in the exclusive interval (0,100000), at '${path}'`);
    if (path.includes('$')) throw unsupported(`the wildcard index key '${path}'`);
    weights.set(path, weight);
  }
  return Object.fromEntries([...weights].sort(([a], [b]) => (a < b ? -1 : 1)));
}
