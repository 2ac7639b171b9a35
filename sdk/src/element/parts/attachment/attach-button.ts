import { LitElement, html } from 'lit';
import { property, query } from 'lit/decorators.js';
import { ATTACHMENT_TYPES } from '../../../contract/constants-attachments.ts';
import { clipIcon } from '../../icons.ts';
import { en, type Texts } from '../../locales/en.ts';
import { controls } from '../../styles/controls.styles.ts';
import { attachButtonStyles } from './attach-button.styles.ts';

/** By kind for phones, which then offer the camera; by ending for the rest. */
const ACCEPT = [
  'image/*,video/*,audio/*',
  ...Object.values(ATTACHMENT_TYPES).flatMap((endings) => endings.map((ending) => `.${ending}`)),
].join();

/**
 * The paperclip. It also takes what is dropped on, or pasted into, the `zone` around it. Event: `attach` with files.
 */
export class AttachButton extends LitElement {
  static override styles = [controls, attachButtonStyles];

  @property({ attribute: false }) texts: Texts = en;
  /** The element that files can be dropped on; it has `data-dropping` while they hover over it. */
  @property({ attribute: false }) zone: HTMLElement | null = null;
  @query('input') private input!: HTMLInputElement | null;

  #listening = new AbortController();
  /** Elements within the zone that the pointer has entered and not left. */
  #depth = 0;

  protected override updated(): void {
    this.#listen();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.#hover(0);
  }

  #listen(): void {
    this.#listening.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { zone } = this;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    zone?.addEventListener('dragenter', (event) => hasFiles(event) && this.#hover(this.#depth + 1), {
      signal,
    });
    zone?.addEventListener('dragleave', (event) => hasFiles(event) && this.#hover(this.#depth - 1), {
      signal,
    });
    // Otherwise the browser would open the file in place of the page.
    zone?.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal });
    zone?.addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        this.#hover(0);
        this.#take(event.dataTransfer?.files);
      },
      { signal },
    );
    zone?.addEventListener(
      'paste',
      (event) => {
        const files = event.clipboardData?.files;
        // What an office program copies is text with a picture of it: the text is meant.
        if (!files?.length || event.clipboardData?.types.includes('text/plain')) return;
        event.preventDefault();
        this.#take(files);
      },
      { signal },
    );
  }

  #hover(depth: number): void {
    this.#depth = Math.max(depth, 0);
    this.zone?.toggleAttribute('data-dropping', this.#depth > 0);
  }

  #take(files: FileList | null | undefined): void {
    if (files?.length) this.dispatchEvent(new CustomEvent('attach', { detail: [...files] }));
  }

  #chosen(): void {
    const { input } = this;
    this.#take(input?.files);
    // The same file may be chosen again.
    if (input) input.value = '';
  }

  override render() {
    const label = this.texts.attach;
    return html`<button
        type="button"
        part="attach-button"
        aria-label=${label}
        @click=${() => this.input?.click()}
      >
        ${clipIcon()}
      </button>
      <input
        type="file"
        multiple
        hidden
        tabindex="-1"
        aria-label=${label}
        accept=${ACCEPT}
        @change=${this.#chosen}
      />`;
  }
}
