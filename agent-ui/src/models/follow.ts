import { signal, type ReadonlySignal } from '@preact/signals';
import type { Readable } from '@wzatco/sdk';

/** A signal that always holds an observable's value, and what stops it. */
export function follow<T>(source: Readable<T>): { value: ReadonlySignal<T>; stop: () => void } {
  const value = signal(source.get());
  const stop = source.subscribe((next) => {
    value.value = next;
  });
  return { value, stop };
}
