/** A short text that this browser remembers. */
export interface KeptText {
  get(): string | null;
  set(text: string | null): void;
}

/** What the browser refused to keep (storage blocked or full) lasts as long as the page. */
const inMemory = new Map<string, string>();

/**
 * A text kept under `wzatco.<key>`: `local` for good, `session` for this tab.
 *
 * @example keptText('session', 'draft.665f…').set('Hello')
 */
export function keptText(area: 'local' | 'session', key: string): KeptText {
  const name = `wzatco.${key}`;
  const storage = () => (area === 'local' ? window.localStorage : window.sessionStorage);
  return {
    get() {
      try {
        return storage().getItem(name) ?? inMemory.get(name) ?? null;
      } catch (error) {
        return refused(error) ? (inMemory.get(name) ?? null) : null;
      }
    },
    set(text) {
      inMemory.delete(name);
      try {
        if (text === null) storage().removeItem(name);
        else storage().setItem(name, text);
      } catch (error) {
        if (refused(error) && text !== null) inMemory.set(name, text);
      }
    },
  };
}

function refused(error: unknown): boolean {
  if (error instanceof DOMException) return true;
  throw error;
}
