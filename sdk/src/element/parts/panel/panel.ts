import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AttachmentsApi, ChatState } from '../../../client/index.ts';
import { Attempt } from '../../attempt.ts';
import { singleFlight } from '../../../lib/single-flight.ts';
import { createDraft } from '../../draft.ts';
import { en, type Texts } from '../../locales/en.ts';
import { OnScreenArea } from '../../on-screen-area.ts';
import { controls } from '../../styles/controls.styles.ts';
import type { Support, SupportState } from '../../support.ts';
import type { FormValues } from '../pre-chat-form/validate-form.ts';
import type { RatingInput } from '../rating/rating.ts';
import { canContinue } from '../rating/can-continue.ts';
import { awayWords } from './away.ts';
import { writingPlace } from './writing-place.ts';
import { endQuestion } from './end-question.ts';
import { failedView } from './failed-view.ts';
import { focusTarget } from './focus-target.ts';
import { keepFocusInside } from './keep-focus-inside.ts';
import { Opening } from './opening.ts';
import { panelView, type PanelView, type Wish } from './panel-view.ts';
import { panelStyles } from './panel.styles.ts';

/** The window of the chat: a dialog that shows a form, a conversation or how it ended. Event: `close-panel`. */
export class Panel extends LitElement {
  static override styles = [controls, panelStyles];

  @property({ attribute: false }) support: Support | null = null;
  @property({ attribute: false }) data: SupportState | null = null;
  @property({ attribute: false }) texts: Texts = en;
  @property() locale = 'en';
  @property() site = '';
  /** A department that the page has chosen: the form no longer asks. */
  @property() department = '';
  /** What the page asks for; a new object asks again. */
  @property({ attribute: false }) prefill: Partial<FormValues> | null = null;
  @property({ type: Boolean, reflect: true }) open = false;
  @property({ type: Boolean, reflect: true }) inline = false;
  /** Does it cover the whole page? */
  @property({ type: Boolean, reflect: true }) fullscreen = false;

  @state() private wish: Wish = null;
  @state() private asksToEnd = false;
  @query('.frame') private frame!: HTMLElement | null;

  protected readonly onScreenArea = new OnScreenArea(this, () => this.frame);
  readonly #attempt = new Attempt(this);
  readonly #opening = new Opening(this, this.#attempt, () => {
    [this.wish, this.prefill] = [null, null];
  });
  #shown: PanelView = 'loading';
  #hadFocus = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#back);
    window.addEventListener('online', this.#back);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#back);
    window.removeEventListener('online', this.#back);
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#hadFocus = this.matches(':focus-within');
    if (changed.has('site')) this.#opening.draft = createDraft(this.site);
    this.#opening.prepare(changed.has('prefill') || changed.has('site') || changed.has('wish'));
    if (changed.has('support') || this.#isPast(changed.has('open') && !this.open)) this.wish = null;
    if (changed.has('prefill') && this.prefill) this.#takePrefill(this.prefill);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const view = this.data ? panelView(this.data, this.wish) : 'loading';
    const moved = view !== this.#shown;
    this.#shown = view;
    if (changed.has('open')) this.#back();
    else if (moved && view === 'form' && this.wish) void this.#opening.lookAgain();
    // Whoever sent the form or ended the chat goes on where they look now.
    if (moved && this.open && this.#hadFocus) void this.focusFirst();
  }

  /** What was asked for after an end is past: the chat goes on, the server lets nobody write in it, the panel is shut. */
  #isPast(isShut: boolean): boolean {
    const chat = this.data?.chatState;
    const goesOn = chat && chat.status !== 'closed';
    return isShut || goesOn || (this.wish === 'more' && !(this.data && canContinue(this.data)));
  }

  /** In an open chat the page's message becomes the draft, after an ended one it begins another. */
  #takePrefill({ message }: Partial<FormValues>): void {
    const status = this.data?.chatState?.status;
    if (status === 'closed') this.wish = 'new';
    else if (status && message && this.#opening.draft.read() === '') this.#opening.draft.write(message);
  }

  /** Puts the focus where one would go on. */
  async focusFirst(): Promise<void> {
    await this.updateComplete;
    const target = await focusTarget(this.renderRoot);
    (target ?? this.frame)?.focus({ preventScroll: true });
  }

  get #isLookedAt(): boolean {
    return this.open && document.visibilityState === 'visible';
  }

  readonly #seen = (): void => {
    if (this.#isLookedAt && this.data && this.data.unread > 0) this.data.chat?.markRead();
  };

  /** Somebody looks at it, again or on a network: what was told of who is there may be long past. */
  readonly #back = (): void => {
    this.#seen();
    if (this.#isLookedAt) void this.#opening.lookAgain();
  };

  async #answerEnd(end: boolean): Promise<void> {
    this.asksToEnd = false;
    if (end) await this.#attempt.run(async () => this.data?.chat?.close());
    await this.focusFirst();
  }

  async #ask(): Promise<void> {
    this.asksToEnd = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.answers .quiet')?.focus();
  }

  async #rate({ detail }: CustomEvent<RatingInput>): Promise<void> {
    await this.#attempt.run(async () => this.data?.chat?.rate(detail.rating, detail.comment || undefined));
  }

  readonly #loadOlder = singleFlight(() => this.#attempt.run(async () => this.data?.chat?.loadOlder()));

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      if (this.asksToEnd) void this.#answerEnd(false);
      else if (this.wish) this.wish = null;
      else if (!this.inline) this.#close();
    } else if (this.frame && (this.fullscreen || this.asksToEnd)) {
      keepFocusInside(this.frame, event);
    }
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close-panel'));
  }

  #conversation(chat: ChatState, data: SupportState, api: AttachmentsApi) {
    void import('../../conversation-chunk.ts');
    return html`<wzatco-message-list
        exportparts="messages, message, message-own, message-theirs"
        .chat=${chat}
        .api=${api}
        .texts=${this.texts}
        .locale=${this.locale}
        @retry=${({ detail }: CustomEvent<string>) => data.chat?.retry(detail)}
        @discard=${({ detail }: CustomEvent<string>) => data.chat?.discard(detail)}
        @load-older=${this.#loadOlder}
        @seen=${this.#seen}
        ><slot name="empty" slot="empty"></slot
      ></wzatco-message-list>
      ${
        chat.status === 'closed' && this.wish !== 'more'
          ? html`<wzatco-rating
              exportparts="closed"
              .texts=${this.texts}
              .data=${data}
              .busy=${this.#attempt.busy}
              .refusal=${this.#attempt.refusal}
              @rate=${this.#rate}
              @wish=${({ detail }: CustomEvent<Wish>) => {
                this.wish = detail;
              }}
            ></wzatco-rating>`
          : writingPlace({
              chat,
              data,
              api,
              host: this,
              draft: this.#opening.draft,
              attempt: this.#attempt,
              startNew: () => {
                this.wish = 'new';
              },
            })
      }`;
  }

  /** A promise only where somebody is there; in a chat its messages say the rest. */
  #greeting(data: SupportState | null, view: PanelView): string {
    const { texts } = this;
    const { away } = this.#opening;
    if (!away) return data?.config?.texts.greeting || texts.greeting;
    return view === 'form' ? `${awayWords(away, texts, this.locale)} ${texts.leaveHint}` : '';
  }

  #body(view: PanelView, data: SupportState | null) {
    if (view === 'failed' && data?.failure) {
      return failedView(data.failure, this.texts, () => void this.support?.load());
    }
    if (view === 'form' && data?.config) return this.#opening.form(data.config);
    if (data?.chatState && this.support && view !== 'loading')
      return this.#conversation(data.chatState, data, this.support.client.attachments);
    return html`<wzatco-message-list .texts=${this.texts}></wzatco-message-list>`;
  }

  override render() {
    const { data, texts } = this;
    const view = data ? panelView(data, this.wish) : 'loading';
    const chat = view === 'conversation' || view === 'closed' ? (data?.chatState ?? null) : null;
    const heading = data?.config?.texts.title || texts.title;
    return html`<div
      class="frame"
      part="panel"
      data-drop=${texts.dropHere}
      role="dialog"
      aria-label=${heading}
      aria-modal=${this.fullscreen ? 'true' : 'false'}
      tabindex="-1"
      @keydown=${this.#key}
    >
      <div class="content" ?inert=${this.asksToEnd}>
        <wzatco-header
          exportparts="header"
          .texts=${texts}
          .siteName=${data?.config?.site.name ?? ''}
          .heading=${heading}
          .greeting=${this.#greeting(data, view)}
          .agentName=${chat?.agent?.name ?? null}
          ?tall=${view === 'form'}
          .canEnd=${view === 'conversation' && chat?.status !== 'closed' && !chat?.loading}
          .canClose=${!this.inline}
          @end-chat=${this.#ask}
          @close-panel=${this.#close}
          ><slot name="header"></slot
        ></wzatco-header>
        <wzatco-connection-banner
          .texts=${texts}
          .connection=${data?.connection ?? 'idle'}
          .stale=${chat !== null && chat.stale && !chat.loading && chat.status !== 'closed'}
        ></wzatco-connection-banner>
        ${this.#body(view, data)}
      </div>
      ${this.asksToEnd ? endQuestion(texts, (end) => void this.#answerEnd(end)) : nothing}
    </div>`;
  }
}
