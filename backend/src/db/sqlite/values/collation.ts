import { asNumber, isDocument } from './bson.ts';
import type { Document } from './bson.ts';
import { collationKeys } from './collation-key.ts';
import { badValue, unsupported } from '../driver/errors.ts';

/** How strings are compared where somebody asked for a language's rules instead of their bytes. */
export type Collation = {
  /** Every option, as MongoDB lists it with an index. */
  readonly options: Document;
  readonly compare: (a: string, b: string) => number;
  /** Equal strings have equal keys; some that differ have too. Undefined where no index can be made. */
  readonly keyOf: ((text: string) => string) | undefined;
};

/** What is honoured, and what these are when nobody says. */
const DEFAULTS: Document = {
  locale: '',
  caseLevel: false,
  caseFirst: 'off',
  strength: 3,
  numericOrdering: false,
};
/** Options that may be named as long as they keep their default. */
const FIXED: Document = {
  alternate: 'non-ignorable',
  maxVariable: 'punct',
  normalization: false,
  backwards: false,
};
const CASE_FIRST: Record<string, 'false' | 'upper' | 'lower'> = {
  off: 'false',
  upper: 'upper',
  lower: 'lower',
};

const asked = new Map<string, Collation>();
const distinct = new Map<string, Collation>();

/**
 * Reads a `collation` option; undefined where strings are compared by their bytes. What means the same
 * gives the same object: only then one's index serves the other's searches.
 *
 * @throws MongoServerError 2 for a wrong one, 115 that names an option which is not honoured
 * @example parseCollation({ locale: 'en', strength: 2 })?.compare('ada', 'ADA') // 0
 */
export function parseCollation(given: unknown): Collation | undefined {
  if (given === undefined || given === null) return undefined;
  if (!isDocument(given)) throw badValue('a collation must be a document');
  const { version: _, ...named } = given;
  if (named['locale'] === 'simple') {
    if (Object.keys(named).length > 1) throw badValue("the locale 'simple' takes no other collation options");
    return undefined;
  }
  const text = JSON.stringify(Object.entries(named).sort());
  let collation = asked.get(text);
  if (collation === undefined) asked.set(text, (collation = theOne(makeCollation(named))));
  return collation;
}

/** Said in other words, a collation is the same object: they are compared often. */
function theOne(made: Collation): Collation {
  const text = JSON.stringify(made.options);
  const known = distinct.get(text) ?? made;
  distinct.set(text, known);
  return known;
}

/** Whether a value holds no strings, so that every collation compares it alike. */
export function isFreeOfText(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isFreeOfText);
  if (isDocument(value)) return Object.values(value).every(isFreeOfText);
  return typeof value !== 'string';
}

function makeCollation(given: Document): Collation {
  for (const [name, value] of Object.entries(given)) {
    if (name in FIXED && value !== FIXED[name])
      throw unsupported(`the collation option ${name}: ${String(value)}`);
    if (!(name in DEFAULTS) && !(name in FIXED)) throw badValue(`unknown collation option '${name}'`);
  }
  const all = { ...DEFAULTS, ...given };
  const locale = parseLocale(all['locale']);
  const numeric = flag(all, 'numericOrdering');
  const caseFirst = CASE_FIRST[String(all['caseFirst'])];
  if (caseFirst === undefined) throw badValue("a collation's caseFirst is off, upper or lower");
  const sensitivity = sensitivityOf(asNumber(all['strength']), flag(all, 'caseLevel'));
  // Left out, it is the language's own: Danish puts capitals first.
  const collator = new Intl.Collator(locale, {
    sensitivity,
    numeric,
    ...('caseFirst' in given && { caseFirst }),
  });
  const resolved = collator.resolvedOptions().caseFirst ?? 'false';
  return {
    options: {
      locale: String(all['locale']),
      caseLevel: flag(all, 'caseLevel'),
      caseFirst: resolved === 'false' ? 'off' : resolved,
      strength: asNumber(all['strength']),
      numericOrdering: numeric,
      ...FIXED,
      version: process.versions['icu'] ?? '',
    },
    compare: collator.compare,
    keyOf: collationKeys(locale, numeric),
  };
}

function parseLocale(given: unknown): string {
  if (typeof given !== 'string' || given === '') throw badValue("a collation needs a 'locale'");
  if (given.includes('@')) throw unsupported(`the collation locale ${given}`);
  const tag = given.replaceAll('_', '-');
  try {
    if (Intl.Collator.supportedLocalesOf(tag).length === 1) return tag;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw badValue(`Field 'locale' is invalid in: { locale: "${given}" }`);
}

function sensitivityOf(
  strength: number | undefined,
  caseLevel: boolean,
): 'base' | 'accent' | 'case' | 'variant' {
  if (strength === undefined || ![1, 2, 3, 4, 5].includes(strength)) {
    throw badValue("a collation's strength is a whole number from 1 to 5");
  }
  if (strength > 3) throw unsupported(`the collation strength ${strength}`);
  if (caseLevel && strength > 1)
    throw unsupported(`the collation option caseLevel with strength ${strength}`);
  if (strength === 1) return caseLevel ? 'case' : 'base';
  return strength === 2 ? 'accent' : 'variant';
}

function flag(options: Document, name: string): boolean {
  const value = options[name];
  if (typeof value !== 'boolean') throw badValue(`the collation option ${name} must be a boolean`);
  return value;
}
