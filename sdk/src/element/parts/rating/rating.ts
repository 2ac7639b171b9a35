import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LIMITS } from '../../../contract/constants.ts';
import type { ChatState } from '../../../client/index.ts';
import { starIcon } from '../../icons.ts';
import { en, type Texts } from '../../locales/en.ts';
import { controls } from '../../styles/controls.styles.ts';
import { ratingStyles } from './rating.styles.ts';

const STARS = [1, 2, 3, 4, 5] as const;

/** What `rate` carries. */
export interface RatingInput {
  rating: (typeof STARS)[number];
  comment: string;
}

/** The foot of a chat that has ended: how it was, and the way to a new one. Events: `rate`, `new-chat`. */
export class Rating extends LitElement {
  static override styles = [controls, ratingStyles];

  @property({ attribute: false }) texts: Texts = en;
  @property({ attribute: false }) closedBy: ChatState['closedBy'] = null;
  @property({ type: Boolean }) rated = false;
  /** Why the rating could not be stored. */
  @property({ attribute: false }) refusal: string | null = null;
  @property({ type: Boolean }) busy = false;

  @state() private chosen: RatingInput['rating'] | null = null;
  #comment = '';

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input, .primary')?.focus();
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (this.chosen === null || this.busy) return;
    const detail: RatingInput = { rating: this.chosen, comment: this.#comment.trim() };
    this.dispatchEvent(new CustomEvent('rate', { detail }));
  }

  #write(event: Event): void {
    this.#comment = (event.target as HTMLTextAreaElement).value;
  }

  #form() {
    const { texts } = this;
    return html`<form @submit=${this.#submit}>
      <fieldset>
        <legend>${texts.rateQuestion}</legend>
        <div class="stars">
          ${STARS.map(
            (count) =>
              html`<label class=${this.chosen !== null && count <= this.chosen ? 'lit' : ''}>
                <input
                  type="radio"
                  name="rating"
                  value=${count}
                  aria-label=${texts.stars(count)}
                  .checked=${this.chosen === count}
                  @change=${() => {
                    this.chosen = count;
                  }}
                />
                ${starIcon()}
              </label>`,
          )}
        </div>
      </fieldset>
      ${
        this.chosen === null
          ? nothing
          : html`<textarea
                class="field"
                rows="2"
                dir="auto"
                maxlength=${LIMITS.ratingComment}
                aria-label=${texts.comment}
                placeholder=${texts.comment}
                @input=${this.#write}
              ></textarea>
              <button class="primary" type="submit" aria-disabled=${this.busy ? 'true' : 'false'}>
                ${texts.sendRating}
              </button>`
      }
      <p class="refusal" role="alert" ?hidden=${!this.refusal}>${this.refusal}</p>
    </form>`;
  }

  override render() {
    const { texts } = this;
    return html`<section part="closed">
      <p class="ended">${this.closedBy === 'customer' ? texts.endedByYou : texts.ended}</p>
      ${this.rated ? html`<p class="thanks" role="status">${texts.ratingThanks}</p>` : this.#form()}
      <button
        class=${this.rated ? 'primary' : 'quiet'}
        type="button"
        @click=${() => this.dispatchEvent(new CustomEvent('new-chat'))}
      >
        ${texts.newChat}
      </button>
    </section>`;
  }
}
