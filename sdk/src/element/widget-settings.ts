import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { VisitorClientOptions } from '../client/index.ts';
import {
  MODES,
  POSITIONS,
  THEMES,
  onOff,
  oneOf,
  serverAddress,
  type Mode,
  type Position,
  type Theme,
} from './attributes.ts';

/** What a page may set on `<wzatco-chat>`, as attributes or properties, and the methods that set no more than these. */
export class WidgetSettings extends LitElement {
  /** The server of elements that name none. */
  static defaultServer = '';

  /** The site's public key. */
  @property() site = '';
  /** Where WZATCO is; the script tag's own origin unless said. */
  @property() server = '';
  /** `floating` over the page, or `inline`: where it stands, always open. */
  @property({ converter: oneOf(MODES), reflect: true }) mode: Mode = 'floating';
  /** The corner that it floats in: `bottom-right` or `bottom-left`. */
  @property({ converter: oneOf(POSITIONS), reflect: true }) position: Position = 'bottom-right';
  /** `auto` (as the device), `light` or `dark`. */
  @property({ converter: oneOf(THEMES) }) theme: Theme = 'auto';
  /** `#rgb`, `#rrggbb` or `rgb(…)`; the site's own unless said. */
  @property() accent = '';
  /** A language tag, e.g. `de`; the page's language unless said. */
  @property() locale = '';
  /** Chooses the department, so that the form does not ask. */
  @property() department = '';
  /** For pages that open the chat by a button of their own. */
  @property({ attribute: 'hide-launcher', converter: onOff }) hideLauncher = false;
  /** A selector of the page's own elements that open and close the chat. */
  @property() launcher = '';
  /** A JWT that the site's backend signed: who this is. */
  @property() identity = '';
  /** Is the panel open? The attribute is `open`. */
  @property({ attribute: 'open', converter: onOff, reflect: true }) isOpen = false;

  /** Opens the panel. */
  open(): void {
    this.isOpen = true;
  }
  /** Closes the panel. */
  close(): void {
    this.isOpen = false;
  }
  toggle(): void {
    this.isOpen = !this.isOpen;
  }
  /** Shows the widget again after `hide()`. */
  show(): void {
    this.hidden = false;
  }
  /** Takes the widget off the page's picture; messages still arrive. */
  hide(): void {
    this.hidden = true;
  }

  /** What the client is made with. */
  get clientOptions(): VisitorClientOptions {
    const server = serverAddress(this.server || WidgetSettings.defaultServer || location.origin);
    return { server, site: this.site, ...(this.identity ? { identity: this.identity } : {}) };
  }
}
