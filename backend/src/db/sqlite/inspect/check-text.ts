import type { Database } from 'bun:sqlite';
import type { IndexEntry } from '../storage/catalog.ts';
import type { TextSpec } from '../indexes/text-spec.ts';
import { stringsOf } from '../indexes/text-store.ts';
import type { IndexAudit } from './check-index.ts';
import { showId } from './show-id.ts';

/**
 * A text index has an entry for each document that has text, and no others. The words themselves are
 * not compared: SQLite's own check of the file looks at their structure.
 */
export function auditText(db: Database, index: IndexEntry, text: TextSpec): IndexAudit {
  const has = db.query(`SELECT 1 FROM ${index.table}_docsize WHERE id = ?`);
  let expected = 0;
  let missing = 0;
  let firstMissing = '';
  return {
    see(rid, document) {
      if (stringsOf(text, document).every((found) => found === '')) return;
      expected += 1;
      if (has.values(rid).length > 0) return;
      missing += 1;
      firstMissing ||= showId(document);
    },
    finish() {
      const [row] = db.query(`SELECT count(*) FROM ${index.table}_docsize`).values();
      const extra = Number(row?.[0]) - (expected - missing);
      const wrongs = [
        ...(missing > 0 ? [`lacks ${missing} of ${expected} documents (first of ${firstMissing})`] : []),
        ...(extra > 0 ? [`holds ${extra} documents that are gone or have no text`] : []),
      ];
      return wrongs.length === 0 ? undefined : wrongs.join(', ');
    },
  };
}
