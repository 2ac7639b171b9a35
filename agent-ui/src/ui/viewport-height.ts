/**
 * Keeps `--viewport` at the height that is really visible, so that the composer stands above a phone's keyboard.
 * Returns what stops it.
 */
export function followViewportHeight(): () => void {
  const viewport = window.visualViewport;
  if (viewport === null) return () => undefined;
  const apply = () => {
    // A pinch-zoom shrinks the visual viewport too; the page must not follow that.
    if (viewport.scale > 1.01) return;
    document.documentElement.style.setProperty('--viewport', `${Math.round(viewport.height)}px`);
    document.documentElement.toggleAttribute('data-keyboard', window.screen.height - viewport.height > 340);
  };
  apply();
  viewport.addEventListener('resize', apply);
  return () => viewport.removeEventListener('resize', apply);
}
