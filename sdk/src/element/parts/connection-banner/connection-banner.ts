import { LitElement, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { ConnectionState } from '../../../client/index.ts';
import { en, type Texts } from '../../locales/en.ts';
import { connectionBannerStyles } from './connection-banner.styles.ts';

/** One line below the header when the connection is gone, or when the list is not known to be complete. */
export class ConnectionBanner extends LitElement {
  static override styles = connectionBannerStyles;

  @property({ attribute: false }) texts: Texts = en;
  @property({ attribute: false }) connection: ConnectionState = 'idle';
  @property({ type: Boolean }) stale = false;

  get #text(): string | null {
    if (this.connection === 'offline') return this.texts.offline;
    if (this.connection === 'reconnecting') return this.texts.reconnecting;
    if (this.connection === 'stopped') return this.texts.stopped;
    return this.stale ? this.texts.stale : null;
  }

  override render() {
    const text = this.#text;
    const calm = this.connection === 'online' || this.connection === 'connecting';
    return html`<div role="status">
      ${
        text === null
          ? nothing
          : html`<p class=${calm ? 'calm' : ''}><i class=${this.connection}></i><span>${text}</span></p>`
      }
    </div>`;
  }
}
