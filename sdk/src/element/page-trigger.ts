import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Lets elements of the page that match a selector toggle the chat, those added later too. */
export class PageTrigger implements ReactiveController {
  #selector = '';
  readonly #toggle: () => void;

  constructor(host: ReactiveControllerHost, toggle: () => void) {
    this.#toggle = toggle;
    host.addController(this);
  }

  /** Throws a `SyntaxError` for a selector that is none; an empty one listens to nothing. */
  use(selector: string): void {
    this.#selector = '';
    if (selector) document.createDocumentFragment().querySelector(selector);
    this.#selector = selector;
  }

  hostConnected(): void {
    document.addEventListener('click', this.#clicked);
  }

  hostDisconnected(): void {
    document.removeEventListener('click', this.#clicked);
  }

  readonly #clicked = (event: MouseEvent): void => {
    if (!this.#selector || !(event.target instanceof Element)) return;
    if (event.target.closest(this.#selector)) this.#toggle();
  };
}
