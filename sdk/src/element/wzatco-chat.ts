import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ClientError, type ClientErrorCode } from '../client/client-error.ts';
import type { ChatState, ConnectionState, VisitorClientOptions } from '../client/index.ts';
import { applyAccent } from './accent.ts';
import { createAnnouncer } from './announcement.ts';
import * as attributes from './attributes.ts';
import { createDraft } from './draft.ts';
import { emitterOf } from './events.ts';
import { chatIcon } from './icons.ts';
import { listenForTrigger } from './launcher-trigger.ts';
import { en, type Texts } from './locales/en.ts';
import { loadLocale, usableTag } from './locales/load-locale.ts';
import { quickStart } from './quick-start.ts';
import type { Panel } from './parts/panel/panel.ts';
import type { FormValues } from './parts/pre-chat-form/validate-form.ts';
import { createSiteMemory } from './site-memory.ts';
import { createStateEvents } from './state-events.ts';
import { controls } from './styles/controls.styles.ts';
import { tokens } from './styles/tokens.styles.ts';
import { createSupportHolder } from './support-holder.ts';
import type { SupportState } from './support.ts';
import { whenIdle } from './when-idle.ts';
import { wzatcoChatStyles } from './wzatco-chat.styles.ts';

const PANEL_PARTS =
  'panel, header, form, messages, message, message-own, message-theirs, composer, input, send-button, closed';

/**
 * The customer's chat: a launcher and the panel that it opens.
 *
 * Its first picture is this small file; the client and the panel are fetched when the chat is first opened, or at
 * idle where the visitor has chatted before, so that their unread messages arrive.
 * Under Trusted Types the page's policy has to admit Lit: `trusted-types lit-html`.
 *
 * Events (see `WzatcoEvents` for their details): `wzatco-ready -open -close -message -unread -chat-started
 * -chat-closed -error`; all bubble and cross shadow roots.
 *
 * @slot launcher - the picture in the launcher
 * @slot header - more in the panel's header
 * @slot empty - what an empty conversation shows
 * @csspart launcher - the round button; `badge` is its number of unread messages
 * @csspart panel - the window; in it `header form messages message message-own message-theirs composer input
 *   send-button closed`
 * @cssprop --wzatco-accent - overrides the accent colour; set `--wzatco-accent-text` along with it
 * @cssprop --wzatco-surface, --wzatco-text, --wzatco-font, --wzatco-radius - the panel's look
 * @cssprop --wzatco-panel-width, --wzatco-panel-height, --wzatco-launcher-size - sizes; 380px, 640px, 60px
 * @cssprop --wzatco-offset-x, --wzatco-offset-y, --wzatco-z-index - where it floats
 * @example
 * <wzatco-chat site="default" server="https://support.example.com" accent="#0f766e"></wzatco-chat>
 */
export class WzatcoChat extends LitElement {
  static override styles = [controls, tokens, wzatcoChatStyles];

  /** The server of elements that name none. */
  static defaultServer = '';

  /** The site's public key. */
  @property() site = '';
  /** Where WZATCO is; the script tag's own origin unless said. */
  @property() server = '';
  /** `floating` over the page, or `inline`, where it stands and always open. */
  @property({ converter: attributes.oneOf(attributes.MODES), reflect: true }) mode: attributes.Mode =
    'floating';
  @property({ converter: attributes.oneOf(attributes.POSITIONS), reflect: true })
  position: attributes.Position = 'bottom-right';
  @property({ converter: attributes.oneOf(attributes.THEMES) }) theme: attributes.Theme = 'auto';
  /** `#rgb`, `#rrggbb` or `rgb()`; the site's own unless said. */
  @property() accent = '';
  /** A language tag, e.g. `de`; the page's language unless said. */
  @property() locale = '';
  /** Chooses the department, so that the form does not ask. */
  @property() department = '';
  @property({ attribute: 'hide-launcher', converter: attributes.onOff }) hideLauncher = false;
  /** A selector of the page's own elements that open and close the chat. */
  @property() launcher = '';
  /** A JWT that the site's backend signed: who this is. */
  @property() identity = '';
  /** Is the panel open? */
  @property({ attribute: 'open', converter: attributes.onOff, reflect: true }) isOpen = false;

  @state() private data: SupportState | null = null;
  @state() private texts: Texts = en;
  @state() private tag = 'en';
  @state() private busy = false;
  @state() private broken = false;
  @state() private narrow = false;
  @state() private prefill: Partial<FormValues> = {};
  @state() private said = '';
  @query('.root') private root!: HTMLElement | null;
  @query('wzatco-panel') private panel!: Panel | null;

  readonly #emit = emitterOf(this);
  readonly #support = createSupportHolder(
    () => this.#clientOptions(),
    (next) => this.#show(next),
  );
  #tellEvents = createStateEvents(this.#emit);
  #announce = createAnnouncer();
  #leave: (() => void)[] = [];
  #ignoreTrigger = (): void => undefined;
  #returnTo: HTMLElement | null = null;

  get unreadCount(): number {
    return this.data?.unread ?? 0;
  }
  get connectionState(): ConnectionState {
    return this.data?.connection ?? 'idle';
  }
  /** The customer's chat as it is shown; null without one. */
  get chat(): ChatState | null {
    return this.data?.chatState ?? null;
  }
  /** The customer's id; null until the server knows them. */
  get visitorId(): string | null {
    return this.data?.session?.customer.id ?? null;
  }

  open(): void {
    this.isOpen = true;
  }
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

  /**
   * Opens the panel at the form, filled with what is known.
   *
   * @example
   * chat.startChat({ email: 'ada@example.com', message: 'My order is late.' });
   */
  startChat(prefill: Partial<FormValues> = {}): void {
    this.prefill = { ...prefill };
    this.open();
  }

  /** Sends into the open chat; without one it opens one, or asks first for what the site's form requires. */
  sendMessage(text: string): void {
    this.#attempt(async () => {
      const support = await this.#support.get();
      if (support && !(await quickStart(support, text, this.department))) this.startChat({ message: text });
    });
  }

  /** Says who the customer is, by a JWT that the site's backend signed. */
  identify(jwt: string): void {
    this.identity = jwt;
  }

  /** Forgets the customer on this device. */
  logout(): void {
    const memory = createSiteMemory(this.site);
    this.#attempt(async () => {
      const support = memory.isKnown() || this.identity ? await this.#support.get() : this.#support.current;
      memory.setKnown(false);
      createDraft(this.site).write('');
      await support?.client.logout();
      this.identity = '';
      this.#support.release();
      this.close();
    });
  }

  /** Takes the element off the page with everything that it runs. */
  destroy(): void {
    this.remove();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const phone = matchMedia('(max-width: 480px)');
    const measure = (): void => {
      this.narrow = phone.matches;
    };
    measure();
    phone.addEventListener('change', measure);
    this.#leave = [
      () => phone.removeEventListener('change', measure),
      whenIdle(() => {
        if (createSiteMemory(this.site).isKnown()) this.#ensure();
      }),
    ];
    if (this.hasUpdated) this.#listenForTrigger();
    if (this.#wanted) this.#ensure();
    void this.updateComplete.then(() => this.#emit('wzatco-ready', { site: this.site }));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const leave of this.#leave.splice(0)) leave();
    this.#ignoreTrigger();
    this.#support.release();
  }

  get #wanted(): boolean {
    return this.isOpen || this.mode === 'inline';
  }

  #clientOptions(): VisitorClientOptions {
    const server = attributes.serverAddress(this.server || WzatcoChat.defaultServer || location.origin);
    return { server, site: this.site, ...(this.identity ? { identity: this.identity } : {}) };
  }

  #attempt(action: () => Promise<void>): void {
    action().catch((error: unknown) => {
      const code: ClientErrorCode = error instanceof ClientError ? error.code : 'INTERNAL';
      this.#emit('wzatco-error', { code, message: String(error instanceof Error ? error.message : error) });
    });
  }

  #ensure(): void {
    if (this.#support.current) return;
    this.#attempt(async () => {
      [this.busy, this.broken] = [true, false];
      try {
        await this.#support.get();
      } catch (error) {
        this.broken = this.isConnected && !this.#support.current;
        throw error;
      } finally {
        this.busy = false;
      }
    });
  }

  #show(next: SupportState | null): void {
    this.data = next;
    if (!next) {
      this.#tellEvents = createStateEvents(this.#emit);
      this.#announce = createAnnouncer();
      return;
    }
    this.said = this.#announce(next, this.texts) ?? this.said;
    const memory = createSiteMemory(this.site);
    if (next.session && !memory.isKnown()) memory.setKnown(true);
    if (next.config) memory.setAccent(next.config.theme.accent);
    this.#tellEvents(next);
  }

  #listenForTrigger(): void {
    this.#ignoreTrigger();
    this.#ignoreTrigger = () => undefined;
    if (!this.launcher) return;
    this.#attempt(async () => {
      this.#ignoreTrigger = listenForTrigger(this.launcher, () => this.toggle());
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const identified = changed.has('identity') || changed.has('site') || changed.has('server');
    if (this.hasUpdated && identified && this.#support.current) {
      this.#support.release();
      this.#ensure();
    }
    if (changed.has('isOpen') && this.isOpen && document.activeElement instanceof HTMLElement) {
      this.#returnTo = document.activeElement;
    }
    if (this.#wanted && this.isConnected) this.#ensure();
    if (changed.has('locale')) {
      this.#attempt(async () => {
        this.tag = usableTag(this.locale, document.documentElement.lang);
        this.texts = await loadLocale(this.tag);
      });
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('launcher')) this.#listenForTrigger();
    const accent = this.accent || this.data?.config?.theme.accent || createSiteMemory(this.site).accent();
    if (this.root) applyAccent(this.root, accent);
    if (changed.has('isOpen') && (this.isOpen || changed.get('isOpen') !== undefined)) this.#opened();
  }

  #opened(): void {
    this.#emit(this.isOpen ? 'wzatco-open' : 'wzatco-close', {});
    if (this.mode === 'inline') return;
    if (this.isOpen) void this.panel?.focusFirst();
    else if (document.activeElement === this) this.#returnFocus();
  }

  #returnFocus(): void {
    const launcher = this.renderRoot.querySelector<HTMLElement>('wzatco-launcher:not([hidden])');
    (launcher ?? this.#returnTo)?.focus({ preventScroll: true });
  }

  override render() {
    const { texts, isOpen } = this;
    const inline = this.mode === 'inline';
    const fullscreen = this.narrow && !inline;
    return html`<div class="root ${this.theme}" dir=${texts.dir} lang=${this.tag}>
      <div class="unseen" role="status" aria-live="polite">${this.said}</div>
      ${
        inline
          ? nothing
          : html`<wzatco-launcher
              class="launcher"
              exportparts="launcher, badge"
              ?hidden=${this.hideLauncher || (fullscreen && isOpen)}
              .texts=${texts}
              .open=${isOpen}
              .busy=${this.busy && isOpen && !this.data}
              .unread=${this.unreadCount}
              @click=${this.toggle}
              ><slot name="launcher">${chatIcon()}</slot></wzatco-launcher
            >`
      }
      ${
        this.data
          ? html`<wzatco-panel
              class="panel ${this.hideLauncher ? 'bare' : ''}"
              exportparts=${PANEL_PARTS}
              .support=${this.#support.current}
              .data=${this.data}
              .texts=${texts}
              .locale=${this.tag}
              .site=${this.site}
              .department=${this.department}
              .prefill=${this.prefill}
              .open=${isOpen || inline}
              .inline=${inline}
              .fullscreen=${fullscreen}
              @close-panel=${this.close}
              ><slot name="header" slot="header"></slot
              ><slot name="empty" slot="empty">${texts.nobodyYet}</slot></wzatco-panel
            >`
          : nothing
      }
      ${
        this.broken && this.#wanted
          ? html`<div class="sorry" role="alert">
              <span>${texts.unreachable}</span>
              <button class="primary" type="button" @click=${this.#ensure}>${texts.retry}</button>
            </div>`
          : nothing
      }
    </div>`;
  }
}
