import { webStore, type KeyValueStore } from '../lib/storage.ts';

/** What somebody has begun to write on a site, kept for the tab: over a reload and from page to page. */
export interface Draft {
  read(): string;
  /** An empty text forgets it. */
  write(text: string): void;
}

/** The draft of one site. Where the browser keeps nothing, it lives as long as `store`. */
export function createDraft(site: string, store: KeyValueStore = webStore(() => sessionStorage)): Draft {
  const key = `wzatco:${site}:draft`;
  return {
    read: () => store.get(key) ?? '',
    write: (text) => (text === '' ? store.remove(key) : store.set(key, text)),
  };
}
