import { LitElement, html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { sendIcon } from '../../icons.ts';
import { en, type Texts } from '../../locales/en.ts';
import { controls } from '../../styles/controls.styles.ts';
import { composerStyles } from './composer.styles.ts';
import { isTooLong, roomLeft } from './room-left.ts';

/** The composer grows to this height in pixels, then scrolls. */
const MAX_HEIGHT = 140;

/**
 * Where a message is written. Enter sends, Shift+Enter begins a line, and neither while an input method composes.
 * The slots `attached` and `attach` take what goes with it, and the button for that.
 * Events: `send` with the text, `draft` with what stands in it at each change, `typing` with true or false.
 */
export class Composer extends LitElement {
  static override styles = [controls, composerStyles];

  @property({ attribute: false }) texts: Texts = en;
  /** What it begins with. */
  @property({ attribute: false }) draft = '';

  /** How many files go with it. */
  @property({ type: Number }) attached = 0;
  /** Is there a file that was not taken? */
  @property({ type: Boolean }) blocked = false;

  @state() private text = '';
  @query('textarea') private area!: HTMLTextAreaElement | null;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('draft')) this.text = this.draft;
  }

  protected override updated(): void {
    const { area } = this;
    if (!area) return;
    area.style.setProperty('height', 'auto');
    if (area.scrollHeight > 0) {
      area.style.setProperty('height', `${Math.min(area.scrollHeight, MAX_HEIGHT)}px`);
    }
  }

  override focus(options?: FocusOptions): void {
    this.area?.focus(options);
  }

  #tell(name: 'send' | 'draft' | 'typing', detail: string | boolean): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #write(event: Event): void {
    this.text = (event.target as HTMLTextAreaElement).value;
    this.#tell('draft', this.text);
    this.#tell('typing', this.text.trim() !== '');
  }

  #key(event: KeyboardEvent): void {
    // 229: Safari's Enter that ends a composition says it is none.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  }

  #send(): void {
    if (!this.#sendable) return;
    const { text } = this;
    this.text = '';
    this.#tell('typing', false);
    this.#tell('draft', '');
    this.#tell('send', text);
    this.focus();
  }

  get #sendable(): boolean {
    const says = this.text.trim() !== '' || this.attached > 0;
    return says && !this.blocked && !isTooLong(this.text);
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#send();
  }

  #counter() {
    const left = roomLeft(this.text);
    if (left === null) return nothing;
    const label = left < 0 ? this.texts.charactersOver(-left) : this.texts.charactersLeft(left);
    return html`<p class=${left < 0 ? 'over' : ''} id="counter" role="status">${label}</p>`;
  }

  override render() {
    const over = isTooLong(this.text);
    return html`<form part="composer" @submit=${this.#submit}>
      ${this.#counter()}
      <div class="attached" role="list" ?hidden=${this.attached === 0}><slot name="attached"></slot></div>
      <div class="box">
        <slot name="attach"></slot>
        <textarea
          part="input"
          rows="1"
          dir=${this.text ? 'auto' : nothing}
          enterkeyhint="send"
          autocomplete="off"
          aria-label=${this.texts.message}
          aria-invalid=${over ? 'true' : 'false'}
          aria-describedby="counter"
          placeholder=${this.texts.placeholder}
          .value=${this.text}
          @input=${this.#write}
          @keydown=${this.#key}
          @blur=${() => this.#tell('typing', false)}
        ></textarea>
        <button
          part="send-button"
          type="submit"
          aria-label=${this.texts.send}
          aria-disabled=${this.#sendable ? 'false' : 'true'}
        >
          ${sendIcon()}
        </button>
      </div>
    </form>`;
  }
}
