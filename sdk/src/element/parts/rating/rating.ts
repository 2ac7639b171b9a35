import { LitElement, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LIMITS } from '../../../contract/constants.ts';
import { starIcon } from '../../icons.ts';
import { en, type Texts } from '../../locales/en.ts';
import { controls } from '../../styles/controls.styles.ts';
import type { SupportState } from '../../support.ts';
import { canContinue, refusedEnd } from './can-continue.ts';
import { ratingStyles } from './rating.styles.ts';

const STARS = [1, 2, 3, 4, 5] as const;

/** What `rate` carries. */
export interface RatingInput {
  rating: (typeof STARS)[number];
  comment: string;
}

/** The foot of a chat that has ended: how it was, and the ways on. Events: `rate`; `wish`, `more` of it or a `new` one. */
export class Rating extends LitElement {
  static override styles = [controls, ratingStyles];

  @property({ attribute: false }) texts: Texts = en;
  @property({ attribute: false }) data: SupportState | null = null;
  /** Why the rating could not be stored. */
  @property({ attribute: false }) refusal: string | null = null;
  @property({ type: Boolean }) busy = false;

  @state() private chosen: RatingInput['rating'] | null = null;
  #comment = '';

  override focus(): void {
    // Who was writing must not give a star with the next space.
    const refused = this.data?.chatState && refusedEnd(this.data.chatState);
    this.renderRoot.querySelector<HTMLElement>(refused ? '.ways button' : 'input, .primary')?.focus();
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
    </form>`;
  }

  #way(wish: 'more' | 'new', label: string, isFirst: boolean) {
    const wished = () => this.dispatchEvent(new CustomEvent('wish', { detail: wish }));
    return html`<button class=${isFirst ? 'primary' : 'quiet'} type="button" @click=${wished}>
      ${label}
    </button>`;
  }

  override render() {
    const { data, texts } = this;
    if (!data?.chatState) return nothing;
    const { closedBy, rating } = data.chatState;
    const isRated = rating !== null;
    const goesOn = canContinue(data);
    const refusal = this.refusal ?? refusedEnd(data.chatState);
    return html`<section part="closed">
      <p class="ended">${closedBy === 'customer' ? texts.endedByYou : texts.ended}</p>
      ${isRated ? html`<p class="thanks" role="status">${texts.ratingThanks}</p>` : this.#form()}
      <p class="refusal" role="alert" ?hidden=${!refusal}>${refusal}</p>
      <div class="ways">
        ${goesOn ? this.#way('more', texts.continueChat, isRated) : nothing}
        ${this.#way('new', texts.newChat, isRated && !goesOn)}
      </div>
    </section>`;
  }
}
