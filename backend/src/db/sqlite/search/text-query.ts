import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { parseLanguage } from '../indexes/text-spec.ts';
import type { TextSpec } from '../indexes/text-spec.ts';
import { badValue, unsupported } from '../driver/errors.ts';
import { STOP_WORDS } from './stop-words.ts';

/** What `$text` asks for. */
export type TextQuery = {
  /** The words as SQLite's full-text search writes them; undefined where nothing can match. */
  readonly match: string | undefined;
  /** The words that are wanted, each by itself, for the score. */
  readonly words: readonly string[];
  /** Folded; each must stand somewhere in the texts, letter for letter. */
  readonly phrases: readonly string[];
  readonly excludedPhrases: readonly string[];
};

/** More words than these find documents as well, without a say in the score. */
const MOST_SCORED = 12;
const WORD = /[\p{L}\p{N}\p{Co}\p{M}_]+/gu;
/** A phrase, or what stands between blanks; a hyphen in front of either excludes it. */
const PART = /(?<=^|\s)(-?)"([^"]*)"|()"([^"]*)"|(?<=^|\s)(-?)([^\s"]+)|()([^\s"]+)/gu;

/**
 * Reads `{ $search: 'words "a phrase" -not' }` as MongoDB does: any of the words, all of the phrases,
 * none of what has a hyphen before it.
 *
 * @throws MongoServerError that names an option which is not honoured
 */
export function parseTextQuery(operand: unknown, index: Pick<TextSpec, 'language'>): TextQuery {
  if (!isDocument(operand) || typeof operand['$search'] !== 'string') {
    throw badValue('$text needs a $search string');
  }
  requireKnown(operand, index);
  const wanted: string[] = [];
  const unwanted: string[] = [];
  const phrases: string[] = [];
  const excludedPhrases: string[] = [];
  for (const [, no1, phrase1, no2, phrase2, no3, word1, no4, word2] of operand['$search'].matchAll(PART)) {
    const isExcluded = (no1 ?? no2 ?? no3 ?? no4) === '-';
    const phrase = phrase1 ?? phrase2;
    if (phrase !== undefined) (isExcluded ? excludedPhrases : phrases).push(foldText(phrase));
    // An excluded phrase excludes none of its words.
    if (phrase !== undefined && isExcluded) continue;
    const words = (phrase ?? word1 ?? word2 ?? '').match(WORD) ?? [];
    (isExcluded ? unwanted : wanted).push(...words.filter((word) => isSearched(word, index)));
  }
  const words = [...new Set(wanted.map(foldText))].slice(0, MOST_SCORED).map((word) => `"${word}"`);
  return { match: expression(wanted, unwanted), words, phrases, excludedPhrases };
}

/** Without capitals and accents, as texts are compared. */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function requireKnown(operand: Document, index: Pick<TextSpec, 'language'>): void {
  for (const [option, value] of Object.entries(operand)) {
    if (
      option === '$search' ||
      ((option === '$caseSensitive' || option === '$diacriticSensitive') && value === false)
    )
      continue;
    if (option !== '$language') throw unsupported(`the option ${option}: ${String(value)} of $text`);
    if (parseLanguage(value) !== index.language)
      throw unsupported(`$text in the language '${String(value)}' with a text index for '${index.language}'`);
  }
}

function isSearched(word: string, { language }: Pick<TextSpec, 'language'>): boolean {
  return language === 'none' || !STOP_WORDS.has(word.toLowerCase());
}

function expression(wanted: readonly string[], unwanted: readonly string[]): string | undefined {
  if (wanted.length === 0) return undefined;
  const any = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(' OR ');
  return unwanted.length === 0 ? any(wanted) : `(${any(wanted)}) NOT (${any(unwanted)})`;
}
