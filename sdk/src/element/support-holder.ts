import type { VisitorClientOptions } from '../client/index.ts';
import type { Support, SupportState } from './support.ts';

/** Fetches the large part of the widget when it is first needed, and lets go of it as a whole. */
export interface SupportHolder {
  readonly current: Support | null;
  /** The support, fetched and loaded; null where it was released meanwhile. Rejects where it cannot be fetched. */
  get(): Promise<Support | null>;
  /** Ends what runs: no timer, listener or socket is left. */
  release(): void;
}

/** `changed` is told each state while there is one, and null after the end. */
export function createSupportHolder(
  options: () => VisitorClientOptions,
  changed: (state: SupportState | null) => void,
): SupportHolder {
  let current: Support | null = null;
  let coming: Promise<Support | null> | null = null;
  let stopWatching = (): void => undefined;
  /** Grows with each release, so that what was under way then is not taken for what is wanted now. */
  let life = 0;

  async function fetchSupport(): Promise<Support | null> {
    const mine = life;
    const { connectSupport } = await import('./panel-chunk.ts');
    if (mine !== life) return null;
    const support = connectSupport(options());
    current = support;
    stopWatching = support.state.subscribe(changed);
    await support.load();
    return mine === life ? support : null;
  }

  return {
    get current() {
      return current;
    },
    get() {
      const mine = life;
      coming ??= fetchSupport().catch((error: unknown) => {
        if (mine === life) coming = null;
        throw error;
      });
      return coming;
    },
    release() {
      life += 1;
      stopWatching();
      current?.dispose();
      [current, coming] = [null, null];
      changed(null);
    },
  };
}
