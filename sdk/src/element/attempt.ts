import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ClientError } from '../client/client-error.ts';

/**
 * Runs what a server may refuse, and keeps whether it runs and why it was refused, for its host to draw.
 *
 * @example
 * readonly #attempt = new Attempt(this);
 * if (await this.#attempt.run(() => chat.rate(5))) this.thank();
 */
export class Attempt implements ReactiveController {
  busy = false;
  /** Why it was refused; null when nothing was. */
  failure: ClientError | null = null;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The same in words for people. */
  get refusal(): string | null {
    return this.failure?.message ?? null;
  }

  hostConnected(): void {
    this.clear();
  }

  clear(): void {
    [this.busy, this.failure] = [false, null];
    this.#host.requestUpdate();
  }

  /** Was it taken? */
  async run(action: () => Promise<unknown>): Promise<boolean> {
    this.clear();
    this.busy = true;
    try {
      await action();
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      this.failure = error;
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
    return this.failure === null;
  }
}
