import type { VisitorClientOptions } from '../client/index.ts';
import type { Support, SupportState } from './support.ts';

/** Fetches the large part of the widget when it is first needed, and lets go of it as a whole. */
export interface SupportHolder {
  readonly current: Support | null;
  /** `coming`: being fetched. `broken`: the last try failed; `get()` tries again. */
  readonly status: 'none' | 'coming' | 'here' | 'broken';
  /** The support, fetched and loaded; null where it was released meanwhile. Rejects where it cannot be fetched. */
  get(): Promise<Support | null>;
  /** Ends what runs: no timer, listener or socket is left. */
  release(): void;
}

/**
 * `host` says, when it is needed, what the client is made with. `changed` is told each state while there is one, and
 * null when there is none: before it has come, where it does not come, after its end.
 */
export function createSupportHolder(
  host: { readonly clientOptions: VisitorClientOptions },
  changed: (state: SupportState | null) => void,
): SupportHolder {
  let current: Support | null = null;
  let status: SupportHolder['status'] = 'none';
  let running: Promise<Support | null> | null = null;
  let stopWatching = (): void => undefined;
  /** Grows with each release, so that what was under way then is not taken for what is wanted now. */
  let life = 0;

  function become(next: SupportHolder['status']): void {
    status = next;
    changed(current?.state.get() ?? null);
  }

  async function fetchSupport(): Promise<Support | null> {
    const mine = life;
    try {
      const { connectSupport } = await import('./panel-chunk.ts');
      if (mine !== life) return null;
      current = connectSupport(host.clientOptions);
    } catch (error) {
      if (mine === life) {
        running = null;
        become('broken');
      }
      throw error;
    }
    const support = current;
    status = 'here';
    stopWatching = support.state.subscribe(changed);
    await support.load();
    return mine === life ? support : null;
  }

  return {
    get current() {
      return current;
    },
    get status() {
      return status;
    },
    get() {
      if (!running) {
        running = fetchSupport();
        become('coming');
      }
      return running;
    },
    release() {
      life += 1;
      stopWatching();
      stopWatching = () => undefined;
      current?.dispose();
      [current, running] = [null, null];
      become('none');
    },
  };
}
