const FOCUSABLE = 'button:not(:disabled), a[href], input, select, textarea, [tabindex="0"]';

/** Everything below `root` that Tab reaches, through open shadow roots, in the order of the page. */
function reachable(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('[inert]')) return [];
    const inside = element.shadowRoot ? reachable(element.shadowRoot) : [];
    return element.matches(FOCUSABLE) ? [element, ...inside] : inside;
  });
}

/** The element that has the focus, through open shadow roots. */
function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Lets Tab go round within `root`: for what covers everything else, where the page behind must not take the focus. */
export function keepFocusInside(root: ParentNode, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const stops = reachable(root);
  const [edge, other] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (!edge || deepActiveElement() !== edge) return;
  event.preventDefault();
  other?.focus();
}
