/** Registers an element once: a page may load the script twice, from two servers even. */
export function definePart(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
