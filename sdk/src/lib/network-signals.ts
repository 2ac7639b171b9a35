/** What a browser tells about its network and its page; a server program is always online and awake. */
export interface NetworkSignals {
  /** Does the device say that it has no network at all? */
  isOffline(): boolean;
  /**
   * Calls `wake` when trying again makes sense at once: the network is back, or the page is shown again.
   * `sleptMs` is how long it was hidden, 0 where it was not, `Infinity` where it comes out of the back-forward cache. Answers the unsubscribe.
   */
  onWake(wake: (sleptMs: number) => void): () => void;
  /** Calls `lost` when the device loses its network. Answers the unsubscribe. */
  onLost(lost: () => void): () => void;
}

/**
 * The signals of this browser.
 *
 * @example
 * const signals = networkSignals();
 * const off = signals.onWake(() => reconnect());
 */
export function networkSignals(): NetworkSignals {
  return {
    isOffline: () => globalThis.navigator?.onLine === false,
    onWake(wake) {
      let hiddenSince: number | null = null;
      const onVisibility = () => {
        if (document.visibilityState === 'hidden') {
          hiddenSince = Date.now();
          return;
        }
        const slept = hiddenSince === null ? 0 : Date.now() - hiddenSince;
        hiddenSince = null;
        wake(slept);
      };
      const stops = [
        listen(globalThis.window, 'online', () => wake(0)),
        // Back from the back-forward cache: the connections of before are gone.
        listen(globalThis.window, 'pageshow', (event) => {
          if (event instanceof PageTransitionEvent && event.persisted) wake(Infinity);
        }),
        listen(globalThis.document, 'visibilitychange', onVisibility),
      ];
      return () => stops.forEach((stop) => stop());
    },
    onLost: (lost) => listen(globalThis.window, 'offline', lost),
  };
}

function listen(target: EventTarget | undefined, type: string, listener: (event: Event) => void): () => void {
  target?.addEventListener(type, listener);
  return () => target?.removeEventListener(type, listener);
}
