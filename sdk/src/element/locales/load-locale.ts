import { en, type Texts } from './en.ts';

/** The locales besides English, each in a file of its own that is fetched when a page needs it. */
const OTHERS: Record<string, () => Promise<Texts>> = {
  ar: async () => (await import('./ar.ts')).ar,
  de: async () => (await import('./de.ts')).de,
};

/** A language tag that `Intl` understands: the first usable one of `wanted`, else English. */
export function usableTag(...wanted: (string | null | undefined)[]): string {
  for (const tag of wanted) {
    if (!tag) continue;
    try {
      const [usable] = Intl.DateTimeFormat.supportedLocalesOf(tag);
      if (usable) return usable;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return 'en';
}

/**
 * The texts of a language tag, English where there are none.
 *
 * @example
 * await loadLocale('de-AT'); // German
 */
export async function loadLocale(tag: string): Promise<Texts> {
  const load = OTHERS[tag.split('-')[0]?.toLowerCase() ?? ''];
  return load ? load() : en;
}
