import { LitElement, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { closeIcon, endIcon } from '../../icons.ts';
import { en, type Texts } from '../../locales/en.ts';
import { controls } from '../../styles/controls.styles.ts';
import { headerStyles } from './header.styles.ts';
import { initialsOf } from './initials.ts';

/**
 * The top of the panel: tall and warm before a chat, one line with the agent's name in it.
 * Events: `end-chat`, `close-panel`.
 */
export class Header extends LitElement {
  static override styles = [controls, headerStyles];

  @property({ attribute: false }) texts: Texts = en;
  @property() siteName = '';
  @property() heading = '';
  @property() greeting = '';
  /** The agent's name once one has joined. */
  @property({ attribute: false }) agentName: string | null = null;
  @property({ type: Boolean, reflect: true }) tall = false;
  @property({ type: Boolean }) canEnd = false;
  @property({ type: Boolean }) canClose = false;

  #tell(name: 'end-chat' | 'close-panel'): void {
    this.dispatchEvent(new CustomEvent(name));
  }

  #button(label: string, event: 'end-chat' | 'close-panel', icon: unknown) {
    return html`<button
      type="button"
      class="action"
      aria-label=${label}
      title=${label}
      @click=${() => this.#tell(event)}
    >
      ${icon}
    </button>`;
  }

  override render() {
    const shownName = this.agentName ?? (this.tall ? this.heading : this.siteName || this.heading);
    const face = initialsOf(this.agentName ?? this.siteName);
    return html`<header part="header">
      <div class="bar">
        ${
          this.tall
            ? html`<span class="mark" aria-hidden="true" ?hidden=${!face}>${face}</span
                ><span class="site">${this.siteName}</span>`
            : html`<span class="avatar" aria-hidden="true" ?hidden=${!face}>${face}</span>
                <span class="who">
                  <strong dir="auto">${shownName}</strong>
                  <small dir="auto">${this.agentName ? this.siteName : this.greeting}</small>
                </span>`
        }
        <span class="actions">
          ${this.canEnd ? this.#button(this.texts.endChat, 'end-chat', endIcon()) : nothing}
          ${this.canClose ? this.#button(this.texts.closeChat, 'close-panel', closeIcon()) : nothing}
        </span>
      </div>
      ${
        this.tall
          ? html`<h2 dir="auto">${this.heading}</h2>
              <p dir="auto" role="status">${this.greeting}</p>`
          : nothing
      }
      <slot></slot>
    </header>`;
  }
}
