/**
 * Makes elements of the page that match `selector` toggle the chat, now or added later. Answers the undo.
 * Throws a `SyntaxError` for a selector that is none.
 */
export function listenForTrigger(selector: string, toggle: (trigger: Element) => void): () => void {
  document.createDocumentFragment().querySelector(selector);
  const clicked = (event: MouseEvent): void => {
    const trigger = event.target instanceof Element ? event.target.closest(selector) : null;
    if (trigger) toggle(trigger);
  };
  document.addEventListener('click', clicked);
  return () => document.removeEventListener('click', clicked);
}
