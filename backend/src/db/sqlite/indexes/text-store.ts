import type { Document } from '../values/bson.ts';
import { own, valuesAt } from '../values/paths.ts';
import type { IndexEntry } from '../storage/catalog.ts';
import type { Writer } from '../storage/writer.ts';
import { parseLanguage } from './text-spec.ts';
import type { TextSpec } from './text-spec.ts';
import { unsupported } from '../driver/errors.ts';

/** Makes the table: words only, by the row they are in; the texts stay in the documents. */
export function createTextTable(writer: Writer, table: string, text: TextSpec): void {
  writer.run(`CREATE VIRTUAL TABLE ${table} USING fts5(${wordsOf(text)}, contentless_delete=1)`);
}

/** The columns of a table of words, and how texts are cut into them. */
export function wordsOf(text: TextSpec): string {
  const stem = text.language === 'english' ? 'porter ' : '';
  return `${columnsOf(text).join(', ')}, content='', tokenize="${stem}unicode61 remove_diacritics 2 tokenchars _"`;
}

/** Enters a document's texts, where it has any. */
export function addText(
  writer: Writer,
  table: string,
  text: TextSpec,
  rid: number,
  document: Document,
): void {
  const texts = textsOf(text, document);
  if (texts.every((found) => found === '')) return;
  writer.run(insertInto(table, text), rid, ...texts);
}

/** Enters a row's number and its texts. */
export function insertInto(table: string, text: TextSpec): string {
  const columns = columnsOf(text);
  return `INSERT INTO ${table} (rowid, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)})`;
}

export function removeText(writer: Writer, table: string, rid: number): void {
  writer.run(`DELETE FROM ${table} WHERE rowid = ?`, rid);
}

/** Follows a change, where it changed a text. */
export function moveText(
  writer: Writer,
  table: string,
  text: TextSpec,
  rid: number,
  before: Document,
  after: Document,
): void {
  const old = textsOf(text, before);
  if (textsOf(text, after).every((found, at) => found === old[at])) return;
  removeText(writer, table, rid);
  addText(writer, table, text, rid, after);
}

/** The index of a collection that `$text` searches. */
export function textIndexOf(
  indexes: readonly IndexEntry[],
): { readonly index: IndexEntry; readonly text: TextSpec } | undefined {
  for (const index of indexes) if (index.spec.text !== undefined) return { index, text: index.spec.text };
  return undefined;
}

/** All strings at the indexed paths of a document, in arrays too. */
export function stringsOf({ weights }: TextSpec, document: Document): string[] {
  return Object.keys(weights).flatMap((path) => stringsAt(document, path));
}

/** What stands in each column. */
export function textsOf(text: TextSpec, document: Document): string[] {
  const language = own(document, text.languageField);
  if (typeof language === 'string' && parseLanguage(language) !== text.language) {
    throw unsupported(`a document in the language '${language}' in a text index for '${text.language}'`);
  }
  return Object.keys(text.weights).map((path) => stringsAt(document, path).join('\n'));
}

function columnsOf({ weights }: TextSpec): string[] {
  return Object.keys(weights).map((_, at) => `c${at}`);
}

function stringsAt(document: Document, path: string): string[] {
  return valuesAt(document, path)
    .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter((value): value is string => typeof value === 'string');
}
