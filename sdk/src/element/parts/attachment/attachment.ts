import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AttachmentsApi, ChatAttachment } from '../../../client/index.ts';
import { closeIcon, fileIcon } from '../../icons.ts';
import { en, type Texts } from '../../locales/en.ts';
import { controls } from '../../styles/controls.styles.ts';
import { attachmentStyles } from './attachment.styles.ts';
import { fileSize } from './file-size.ts';
import { refusalWords } from './refusal-words.ts';
import { save } from './save.ts';

/** A page's policy may refuse pictures of ours (`img-src blob:`): after the first no other is tried. */
let picturesRefused = false;

/** What browsers show of a file that is not at the server yet. */
const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

/**
 * One attachment: the picture where it can be shown, else a card with name and size. Clicked, it is downloaded.
 * With `removable` it lies in the composer. Event: `remove`.
 */
export class Attachment extends LitElement {
  static override styles = [controls, attachmentStyles];

  @property({ attribute: false }) attachment: ChatAttachment | null = null;
  @property({ attribute: false }) api: AttachmentsApi | null = null;
  @property({ attribute: false }) texts: Texts = en;
  @property() locale = 'en';
  @property({ type: Boolean, reflect: true }) removable = false;

  @state() private picture: string | null = null;
  @state() private refusal: string | null = null;
  @state() private busy = false;
  /** Of which attachment the picture is. */
  #shown: string | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drop();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('attachment') || changed.has('api')) void this.#show();
  }

  #drop(): void {
    if (this.picture) URL.revokeObjectURL(this.picture);
    [this.picture, this.#shown] = [null, null];
  }

  async #show(): Promise<void> {
    const { attachment, api } = this;
    const source = attachment?.file ? attachment.key : attachment?.hasThumbnail ? attachment.id : null;
    if (picturesRefused || source === null || source === this.#shown) return;
    if (attachment?.file && !SHOWN.test(attachment.type)) return;
    this.#shown = source;
    // Without its picture it is a card: the failure says nothing more.
    const blob = attachment?.file ?? (await api?.load(source, { thumbnail: true }).catch(() => null));
    if (!blob || this.#shown !== source || !this.isConnected) return;
    if (this.picture) URL.revokeObjectURL(this.picture);
    this.picture = URL.createObjectURL(blob);
  }

  #broken(): void {
    // A thumbnail is always a picture: only the page can be what refuses it.
    if (!this.attachment?.file) picturesRefused = true;
    if (this.picture) URL.revokeObjectURL(this.picture);
    this.picture = null;
  }

  async #download({ id, name }: ChatAttachment): Promise<void> {
    if (this.busy || id === null || !this.api) return;
    [this.busy, this.refusal] = [true, null];
    try {
      save(await this.api.load(id), name);
    } catch (error) {
      this.refusal = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy = false;
    }
  }

  #face(attachment: ChatAttachment) {
    const { name, size, width, height } = attachment;
    const { picture, texts } = this;
    if (picture) {
      return html`<img
        src=${picture}
        alt=${this.removable ? '' : name}
        width=${width ?? nothing}
        height=${height ?? nothing}
        @error=${this.#broken}
      />`;
    }
    const words = attachment.error ? refusalWords(attachment.error, texts, this.locale) : null;
    return html`<span class="icon">${fileIcon()}</span>
      <span class="words">
        <bdi>${name}</bdi>
        <small class=${words ? 'refused' : ''}>${words ?? fileSize(size, this.locale)}</small>
      </span>`;
  }

  override render() {
    const { attachment, texts } = this;
    if (!attachment) return nothing;
    const { name, id, progress, error } = attachment;
    const inWords = `${name} ${fileSize(attachment.size, this.locale)}`;
    const isGoing = progress < 1 && !error;
    return html`<div class="box ${this.picture ? 'picture' : 'card'}" part="attachment">
      ${
        this.removable || id === null
          ? html`<div class="face" role="img" aria-label=${inWords}>${this.#face(attachment)}</div>
              ${
                error && this.picture
                  ? html`<small class="refused">${refusalWords(error, texts, this.locale)}</small>`
                  : nothing
              }`
          : html`<button
              class="face"
              type="button"
              aria-label=${texts.download(inWords)}
              aria-busy=${this.busy ? 'true' : 'false'}
              @click=${() => this.#download(attachment)}
            >
              ${this.#face(attachment)}
            </button>`
      }
      ${
        isGoing
          ? html`<progress max="1" value=${progress} aria-label=${texts.uploading(name)}></progress>`
          : nothing
      }
      ${
        this.removable
          ? html`<button
              class="remove"
              type="button"
              aria-label=${texts.removeFile(name)}
              @click=${() => this.dispatchEvent(new CustomEvent('remove'))}
            >
              ${closeIcon(14)}
            </button>`
          : nothing
      }
      <small class="refused" role="alert" ?hidden=${!this.refusal}>${this.refusal}</small>
    </div>`;
  }
}
