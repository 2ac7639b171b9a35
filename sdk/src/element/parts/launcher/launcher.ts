import { LitElement, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { downIcon } from '../../icons.ts';
import { en, type Texts } from '../../locales/en.ts';
import { controls } from '../../styles/controls.styles.ts';
import { launcherStyles } from './launcher.styles.ts';

/** The round button that opens and closes the chat, with the number of unread messages. */
export class Launcher extends LitElement {
  static override styles = [controls, launcherStyles];

  @property({ attribute: false }) texts: Texts = en;
  @property({ type: Boolean, reflect: true }) open = false;
  @property({ type: Boolean }) busy = false;
  @property({ type: Number }) unread = 0;

  /** "Open chat, 2 unread" */
  get #label(): string {
    if (this.open) return this.texts.closeChat;
    return this.unread > 0
      ? `${this.texts.openChat}, ${this.texts.unread(this.unread)}`
      : this.texts.openChat;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  override render() {
    return html`<button
      part="launcher"
      type="button"
      aria-label=${this.#label}
      aria-expanded=${this.open ? 'true' : 'false'}
      aria-busy=${this.busy ? 'true' : 'false'}
    >
      <span class="icon chat"><slot></slot></span>
      <span class="icon down">${downIcon()}</span>
      ${
        this.unread > 0 && !this.open
          ? html`<span class="badge" part="badge" aria-hidden="true"
              >${this.unread > 99 ? '99+' : this.unread}</span
            >`
          : nothing
      }
    </button>`;
  }
}
