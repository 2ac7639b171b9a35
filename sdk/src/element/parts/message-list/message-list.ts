import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AttachmentsApi, ChatMessage, ChatState } from '../../../client/index.ts';
import { arrowDownIcon } from '../../icons.ts';
import { en, type Texts } from '../../locales/en.ts';
import { controls } from '../../styles/controls.styles.ts';
import { initialsOf } from '../header/initials.ts';
import { dayName } from './format-time.ts';
import { groupMessages, type MessageGroup } from './group-messages.ts';
import { messageBubble } from './message-bubble.ts';
import { bubbleStyles } from './message-bubble.styles.ts';
import { messageListStyles } from './message-list.styles.ts';

/** Pixels from an end of the list within which it counts as being there. */
const NEAR = 80;

/**
 * The conversation, with what belongs into its flow: place in the queue, who is typing.
 * Events: `retry` and `discard` with a `clientMessageId`, `load-older`, `seen` (the newest message is on the screen).
 */
export class MessageList extends LitElement {
  static override styles = [controls, messageListStyles, bubbleStyles];

  @property({ attribute: false }) chat: ChatState | null = null;
  @property({ attribute: false }) texts: Texts = en;
  @property() locale = 'en';
  @property({ attribute: false }) api: AttachmentsApi | null = null;

  @query('.scroller') private scroller!: HTMLElement | null;
  @state() private behind = false;

  #atEnd = true;
  #heightBefore = 0;
  #oldestBefore: string | undefined;
  #newestBefore: string | undefined;
  #height = 0;
  readonly #resized = new ResizeObserver(() => {
    this.#height = this.scroller?.clientHeight ?? 0;
    this.#stayAtEnd();
  });

  #watched: HTMLElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#watch(this.scroller);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#watched = null;
  }

  /** The scroller comes and goes with what is shown: a skeleton has none. */
  #watch(scroller: HTMLElement | null): void {
    if (scroller === this.#watched) return;
    this.#resized.disconnect();
    if (scroller) this.#resized.observe(scroller);
    this.#watched = scroller;
  }

  protected override willUpdate(): void {
    this.#heightBefore = this.scroller?.scrollHeight ?? 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { scroller } = this;
    this.#watch(scroller);
    if (!scroller || !changed.has('chat')) return;
    const messages = this.chat?.messages ?? [];
    const [oldest, newest] = [messages[0]?.key, messages.at(-1)];
    const olderCame = this.#oldestBefore !== undefined && oldest !== this.#oldestBefore;
    const newCame = newest !== undefined && newest.key !== this.#newestBefore;
    if (olderCame && !newCame) scroller.scrollTop += scroller.scrollHeight - this.#heightBefore;
    else if (newCame && (newest.mine || this.#newestBefore === undefined)) this.#atEnd = true;
    else if (newCame && !this.#atEnd) this.behind = true;
    this.#oldestBefore = oldest;
    this.#newestBefore = newest?.key;
    this.#stayAtEnd();
  }

  #stayAtEnd(): void {
    const { scroller } = this;
    if (!scroller || !this.#atEnd) return;
    scroller.scrollTop = scroller.scrollHeight;
    this.#tell('seen');
  }

  #scrolled(): void {
    const { scroller } = this;
    // While its own size changes (a keyboard, a form below it), the place says nothing about the reader.
    if (!scroller || scroller.clientHeight !== this.#height) return;
    this.#atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    if (this.#atEnd) {
      this.behind = false;
      this.#tell('seen');
    }
    if (scroller.scrollTop < NEAR && this.chat?.hasOlder) this.#tell('load-older');
  }

  #jumpToEnd(): void {
    this.#atEnd = true;
    this.behind = false;
    this.#stayAtEnd();
    this.scroller?.focus({ preventScroll: true });
  }

  #tell(name: 'seen' | 'load-older' | 'retry' | 'discard', detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #group(group: MessageGroup) {
    if (group.sender === 'system') {
      return group.messages.map(
        (message) => html`<div class="system" role="article" dir="auto">${message.content}</div>`,
      );
    }
    const name = group.senderName || this.texts.support;
    return html`<div class="group ${group.mine ? 'mine' : 'theirs'}">
      ${group.mine ? nothing : html`<span class="face" aria-hidden="true">${initialsOf(name)}</span>`}
      <div class="stack">
        ${group.mine ? nothing : html`<span class="name" dir="auto">${name}</span>`}
        ${repeat(
          group.messages,
          ({ key }) => key,
          (message, index) => this.#bubble(message, group.messages[index + 1]),
        )}
      </div>
    </div>`;
  }

  #bubble(message: ChatMessage, next: ChatMessage | undefined) {
    return messageBubble(message, {
      texts: this.texts,
      locale: this.locale,
      api: this.api,
      // One line for a run of messages that are in the same state.
      withFooter: next === undefined || (message.mine && next.state !== message.state),
      retry: (id) => this.#tell('retry', id),
      discard: (id) => this.#tell('discard', id),
    });
  }

  #waiting(chat: ChatState) {
    const { queuePosition: position, estimatedWait: seconds } = chat;
    return html`<div class="waiting" role="status">
      <span class="pulse" aria-hidden="true"><i></i><i></i><i></i></span>
      <span>
        <strong>${this.texts.waiting}</strong>
        ${position === null ? nothing : html`<span>${this.texts.queuePosition(position)}</span>`}
        ${seconds === null ? nothing : html`<span>${this.texts.estimatedWait(Math.ceil(seconds / 60) || 1)}</span>`}
      </span>
    </div>`;
  }

  #typing(name: string) {
    return html`<div class="group theirs typing">
      <span class="face" aria-hidden="true">${initialsOf(name)}</span>
      <div class="bubble" role="img" aria-label=${this.texts.typing(name)}><i></i><i></i><i></i></div>
    </div>`;
  }

  #skeleton() {
    return html`<div class="skeleton" role="status" aria-label=${this.texts.loading}>
      <i></i><i></i><i class="own"></i><i></i><i class="own"></i>
    </div>`;
  }

  override render() {
    const { chat, texts } = this;
    // What was left to be sent shows before the server can be reached.
    if (!chat || (chat.loading && chat.messages.length === 0)) return this.#skeleton();
    return html`<div
        class="scroller"
        part="messages"
        role="log"
        aria-live="off"
        aria-label=${texts.messages}
        tabindex="0"
        @scroll=${this.#scrolled}
      >
        ${chat.hasOlder ? html`<div class="older" aria-hidden="true"></div>` : nothing}
        ${repeat(
          groupMessages(chat.messages),
          ({ key }) => key,
          (row) =>
            row.kind === 'day'
              ? html`<div class="day"><span>${dayName(row.timestamp, this.locale, texts)}</span></div>`
              : this.#group(row),
        )}
        ${chat.messages.length === 0 ? html`<p class="empty"><slot name="empty"></slot></p>` : nothing}
        ${chat.status === 'waiting' && !chat.loading ? this.#waiting(chat) : nothing}
        ${chat.typing[0] !== undefined && chat.status !== 'closed' ? this.#typing(chat.typing[0]) : nothing}
      </div>
      ${
        this.behind
          ? html`<button class="jump" type="button" @click=${this.#jumpToEnd}>
              ${texts.newMessages}${arrowDownIcon()}
            </button>`
          : nothing
      }`;
  }
}
