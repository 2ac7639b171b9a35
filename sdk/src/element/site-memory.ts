import { webStore, type KeyValueStore } from '../lib/storage.ts';

/** What the small first file has to know before the large one is there. */
export interface SiteMemory {
  /** Has this visitor chatted here before? Then unread messages may be waiting. */
  isKnown(): boolean;
  setKnown(known: boolean): void;
  /** The site's accent colour as last seen, so that the launcher has it from the first picture on; else ''. */
  accent(): string;
  setAccent(accent: string): void;
}

export function createSiteMemory(
  site: string,
  store: KeyValueStore = webStore(() => localStorage),
): SiteMemory {
  const [known, accent] = [`wzatco:${site}:known`, `wzatco:${site}:accent`];
  return {
    isKnown: () => store.get(known) !== null,
    setKnown: (is) => (is ? store.set(known, '1') : store.remove(known)),
    accent: () => store.get(accent) ?? '',
    setAccent: (colour) => store.set(accent, colour),
  };
}
