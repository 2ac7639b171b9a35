import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * Calls `onPress` when somebody presses outside of an element while `active`.
 *
 * @example useOutsidePress(root, isOpen, () => setOpen(false));
 */
export function useOutsidePress(
  root: RefObject<HTMLElement | null>,
  active: boolean,
  onPress: () => void,
): void {
  useEffect(() => {
    if (!active) return undefined;
    const press = ({ target }: PointerEvent) => {
      if (target instanceof Node && !root.current?.contains(target)) onPress();
    };
    document.addEventListener('pointerdown', press);
    return () => document.removeEventListener('pointerdown', press);
  }, [active]);
}
