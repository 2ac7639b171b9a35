import { useLayoutEffect, useRef } from 'preact/hooks';
import { useConsole } from '../../context.ts';

/**
 * Does something on single keys, as `KeyboardEvent.key` names them, anywhere on the page; not while somebody
 * writes, has a dialog or menu open, holds a modifier, or has turned shortcuts off. Escape works while writing too.
 *
 * @example useShortcuts({ j: () => move(1), k: () => move(-1) });
 */
export function useShortcuts(keys: Record<string, () => void>): void {
  const { shortcuts } = useConsole();
  const latest = useRef(keys);
  latest.current = keys;
  // Before the paint: a key may come as soon as what it is for can be seen.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      const does = latest.current[event.key];
      if (!does || document.querySelector('dialog[open], [role="dialog"], [role="menu"]')) return;
      const named = event.key.length > 1;
      if (!named && !shortcuts.enabled.peek()) return;
      if (event.key !== 'Escape' && isWriting(event.target)) return;
      event.preventDefault();
      does();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
