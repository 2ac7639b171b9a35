import { html, type TemplateResult } from 'lit';
import type { Texts } from './locales/en.ts';

/** Stands in for the panel when not even that could be fetched. */
export function sorryCard(texts: Texts, retry: () => void): TemplateResult {
  return html`<div class="sorry" role="alert">
    <span>${texts.unreachable}</span>
    <button class="primary" type="button" @click=${retry}>${texts.retry}</button>
  </div>`;
}
