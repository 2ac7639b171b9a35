import { html, type TemplateResult } from 'lit';
import type { Texts } from '../../locales/en.ts';

/** Asks before a chat is ended; the answer that loses nothing has the focus. */
export function endQuestion(texts: Texts, answer: (end: boolean) => void): TemplateResult {
  return html`<div class="veil" @click=${() => answer(false)}></div>
    <div
      class="question"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="end-title"
      aria-describedby="end-hint"
    >
      <h2 id="end-title">${texts.endQuestion}</h2>
      <p id="end-hint">${texts.endHint}</p>
      <div class="answers">
        <button class="quiet" type="button" @click=${() => answer(false)}>${texts.endNo}</button>
        <button class="danger" type="button" @click=${() => answer(true)}>${texts.endYes}</button>
      </div>
    </div>`;
}
