/** Tells the server how far one has read: each position once, the last one after a reconnect too. */
export interface ReadMarker {
  /** Everything up to `seq` has been seen. */
  mark(seq: number): void;
  /** Says what could not be said before. */
  flush(): void;
}

/**
 * @param known up to where the server knows it
 * @param tell tells it; rejects where that did not work
 * @example
 * const marker = createReadMarker({ known: () => state.read.customer, tell: (seq) => markRead(seq) });
 * marker.mark(7);
 */
export function createReadMarker({
  known,
  tell,
}: {
  known: () => number;
  tell: (seq: number) => Promise<void>;
}): ReadMarker {
  let wanted = 0;
  let told = 0;

  function flush(): void {
    if (wanted <= Math.max(known(), told)) return;
    const seq = wanted;
    told = seq;
    tell(seq).catch(() => {
      // Read marks are not worth an error on the screen: the next call or connection says it again.
      if (told === seq) told = 0;
    });
  }

  return {
    mark(seq) {
      wanted = Math.max(wanted, seq);
      flush();
    },
    flush,
  };
}
