import type { Database } from 'bun:sqlite';
import { loadCatalog } from './catalog.ts';
import { createIndex, dropIndex } from './collection-schema.ts';
import { Writer } from './writer.ts';

/**
 * Makes those indexes anew whose keys came from another version of the language data: with an update
 * of the runtime, strings may be equal that were not.
 *
 * @throws MongoServerError 11000 where a unique one has become impossible
 */
export function refreshCollations(db: Database): void {
  const catalog = loadCatalog(db);
  const stale = [...catalog.values()].flatMap(({ name, indexes }) =>
    indexes
      .filter(({ spec, collation }) => spec.collation?.['version'] !== collation?.options['version'])
      .map(({ spec, collation }) => ({ name, spec, collation: collation?.options })),
  );
  if (stale.length === 0) return;
  db.transaction(() => {
    const writer = new Writer(db, 'main', catalog);
    for (const { name, spec, collation } of stale) {
      dropIndex(writer, name, spec.name);
      createIndex(writer, name, { ...spec, collation });
    }
  }).immediate();
}
