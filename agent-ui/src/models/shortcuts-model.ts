import { signal, type ReadonlySignal } from '@preact/signals';
import { keptText } from './kept-text.ts';

/** Whether single keys do things; they can be turned off, since speech input and stray keys would trigger them. */
export interface ShortcutsModel {
  enabled: ReadonlySignal<boolean>;
  /** Is the list of shortcuts on the screen? */
  listed: ReadonlySignal<boolean>;
  setEnabled(enabled: boolean): void;
  setListed(listed: boolean): void;
}

export function createShortcutsModel(): ShortcutsModel {
  const kept = keptText('local', 'shortcuts');
  const enabled = signal(kept.get() !== 'off');
  const listed = signal(false);
  return {
    enabled,
    listed,
    setEnabled(next) {
      enabled.value = next;
      kept.set(next ? null : 'off');
    },
    setListed(next) {
      listed.value = next;
    },
  };
}
