import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps `--_area-height` and `--_area-top` of an element at what an on-screen keyboard leaves of the page, so that a
 * full-screen panel ends above it. Takes its listeners along when the host leaves the page.
 */
export class OnScreenArea implements ReactiveController {
  readonly #target: () => HTMLElement | null;

  constructor(host: ReactiveControllerHost, target: () => HTMLElement | null) {
    this.#target = target;
    host.addController(this);
  }

  hostConnected(): void {
    globalThis.visualViewport?.addEventListener('resize', this.#measure);
    globalThis.visualViewport?.addEventListener('scroll', this.#measure);
  }

  hostDisconnected(): void {
    globalThis.visualViewport?.removeEventListener('resize', this.#measure);
    globalThis.visualViewport?.removeEventListener('scroll', this.#measure);
  }

  hostUpdated(): void {
    this.#measure();
  }

  readonly #measure = (): void => {
    const area = globalThis.visualViewport;
    const style = this.#target()?.style;
    // Pinched in, the page is being looked at closely: the panel stays where it is.
    if (!area || !style || area.scale > 1.01) return;
    style.setProperty('--_area-height', `${area.height}px`);
    style.setProperty('--_area-top', `${area.offsetTop}px`);
  };
}
