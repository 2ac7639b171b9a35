import { html, nothing, type PropertyValues } from 'lit';
import { query, state } from 'lit/decorators.js';
import { ClientError } from '../client/client-error.ts';
import type { ChatState, ConnectionState } from '../client/index.ts';
import { applyAccent } from './accent.ts';
import { createDraft } from './draft.ts';
import { emitterOf } from './events.ts';
import { chatIcon } from './icons.ts';
import { Language } from './language.ts';
import { MediaQuery } from './media-query.ts';
import { PageTrigger } from './page-trigger.ts';
import type { Panel } from './parts/panel/panel.ts';
import type { FormValues } from './parts/pre-chat-form/validate-form.ts';
import { quickStart } from './quick-start.ts';
import { createSiteMemory } from './site-memory.ts';
import { sorryCard } from './sorry-card.ts';
import { createStateEffects } from './state-effects.ts';
import { controls } from './styles/controls.styles.ts';
import { tokens } from './styles/tokens.styles.ts';
import { createSupportHolder } from './support-holder.ts';
import type { SupportState } from './support.ts';
import { whenIdle } from './when-idle.ts';
import { WidgetSettings } from './widget-settings.ts';
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
 * Its events, which bubble and cross shadow roots, are those of `WzatcoEvents`.
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
export class WzatcoChat extends WidgetSettings {
  static override styles = [controls, tokens, wzatcoChatStyles];

  @state() private data: SupportState | null = null;
  @state() private prefill: Partial<FormValues> | null = null;
  @query('.root') private root!: HTMLElement | null;
  @query('wzatco-panel') private panel!: Panel | null;

  readonly #emit = emitterOf(this);
  readonly #effects = createStateEffects(this.#emit);
  readonly #language = new Language(this, (load) => this.#attempt(load));
  readonly #phone = new MediaQuery(this, '(max-width: 480px)');
  readonly #trigger = new PageTrigger(this, () => this.toggle());
  readonly #support = createSupportHolder(this, (next) => this.#show(next));
  #cancelIdle = (): void => undefined;
  /** Does the panel take the focus as soon as it is there? */
  #wantsFocus = false;
  /** Where the focus was when the panel opened. */
  #returnTo: Element | null = null;

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
      await support?.client.logout();
      memory.setKnown(false);
      createDraft(this.site).write('');
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
    this.#cancelIdle = whenIdle(() => {
      if (createSiteMemory(this.site).isKnown()) this.#ensure();
    });
    // Moved on the page, nothing has changed that would make it start again by itself.
    this.requestUpdate();
    void this.updateComplete.then(() => {
      if (this.isConnected) this.#emit('wzatco-ready', { site: this.site });
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancelIdle();
    this.#support.release();
  }

  /** Runs what may fail, and tells the page where it does: nothing is ever thrown into it. */
  #attempt(action: () => Promise<void>): void {
    action().catch((error: unknown) => {
      const code = error instanceof ClientError ? error.code : 'INTERNAL';
      this.#emit('wzatco-error', { code, message: error instanceof Error ? error.message : String(error) });
    });
  }

  get #wanted(): boolean {
    return this.isConnected && (this.isOpen || this.mode === 'inline');
  }

  #ensure(): void {
    const { status } = this.#support;
    if (status === 'none' || status === 'broken') this.#attempt(async () => void (await this.#support.get()));
  }

  #show(next: SupportState | null): void {
    this.data = next;
    this.#effects.take(next, this.site, this.#language.texts);
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const another = changed.has('identity') || changed.has('site') || changed.has('server');
    if (this.hasUpdated && another && this.#support.current) {
      this.#support.release();
      this.#ensure();
    }
    if (this.#wanted && this.#support.status === 'none') this.#ensure();
    if (this.hasUpdated && changed.has('isOpen')) {
      this.#wantsFocus = this.isOpen && this.mode === 'floating';
      if (this.isOpen) this.#returnTo = document.activeElement;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('launcher')) this.#attempt(async () => this.#trigger.use(this.launcher));
    const accent = this.accent || this.data?.config?.theme.accent || createSiteMemory(this.site).accent();
    if (this.root) applyAccent(this.root, accent);
    if (changed.has('isOpen') && (this.isOpen || changed.get('isOpen'))) {
      this.#emit(this.isOpen ? 'wzatco-open' : 'wzatco-close', {});
      if (!this.isOpen && this.matches(':focus-within')) this.#returnFocus();
    }
    if (this.#wantsFocus && this.panel) {
      this.#wantsFocus = false;
      void this.panel.focusFirst();
    }
  }

  #returnFocus(): void {
    const before = this.#returnTo;
    const outside = before instanceof HTMLElement && ![document.body, this].includes(before);
    const target = outside ? before : this.renderRoot.querySelector<HTMLElement>('wzatco-launcher');
    target?.focus({ preventScroll: true });
  }

  override render() {
    const { isOpen } = this;
    const { texts, tag } = this.#language;
    const inline = this.mode === 'inline';
    const fullscreen = this.#phone.matches && !inline;
    return html`<div class="root ${this.theme}" dir=${texts.dir} lang=${tag}>
      <div class="unseen" role="status" aria-live="polite">${this.#effects.said}</div>
      ${
        inline
          ? nothing
          : html`<wzatco-launcher
              class="launcher"
              exportparts="launcher, badge"
              ?hidden=${this.hideLauncher || (fullscreen && isOpen)}
              .texts=${texts}
              .open=${isOpen}
              .busy=${isOpen && this.#support.status === 'coming'}
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
              .locale=${tag}
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
      ${this.#wanted && this.#support.status === 'broken' ? sorryCard(texts, () => this.#ensure()) : nothing}
    </div>`;
  }
}
