/** A touch keyboard is at least this high, in pixels. */
const KEYBOARD = 150;

/**
 * Keeps `--viewport` at the height that is really visible, so that the composer stands above a phone's keyboard;
 * `data-keyboard` says that one is open. Returns what stops it.
 */
export function followViewportHeight(): () => void {
  const viewport = window.visualViewport;
  if (viewport === null) return () => undefined;
  const root = document.documentElement;
  const touch = window.matchMedia('(pointer: coarse)');
  let tallest = 0;
  let width = 0;
  const apply = () => {
    // A pinch-zoom shrinks the visual viewport too; the page must not follow that.
    if (viewport.scale > 1.01) return;
    if (viewport.width !== width) tallest = 0;
    width = viewport.width;
    tallest = Math.max(tallest, viewport.height);
    root.style.setProperty('--viewport', `${Math.round(viewport.height)}px`);
    root.toggleAttribute('data-keyboard', touch.matches && tallest - viewport.height > KEYBOARD);
  };
  apply();
  viewport.addEventListener('resize', apply);
  return () => viewport.removeEventListener('resize', apply);
}
