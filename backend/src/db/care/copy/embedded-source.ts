import { Snapshot } from '../../sqlite/index.ts';
import type { DataFolder } from '../data-folder.ts';
import { finishRestore } from '../finish-restore.ts';
import { isData } from './store.ts';
import type { Source } from './store.ts';

/** The embedded file in the state that it has now, however long the copy takes and whatever a server writes. */
export function embeddedSource(data: DataFolder): Source {
  finishRestore(data);
  const snapshot = new Snapshot(data.database);
  return {
    name: data.database,
    collections: async () => snapshot.collections().filter(({ name }) => isData(name)),
    documents: (collection, skip) => snapshot.documents(collection, skip),
    close: async () => snapshot[Symbol.dispose](),
  };
}
