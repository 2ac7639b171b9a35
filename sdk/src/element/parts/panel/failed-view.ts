import { html, nothing, type TemplateResult } from 'lit';
import type { ClientError } from '../../../client/index.ts';
import { warnIcon } from '../../icons.ts';
import type { Texts } from '../../locales/en.ts';
import { failureWords } from './failure-words.ts';

/** Says why there is nothing to show, and offers another try where that may help. */
export function failedView(error: ClientError, texts: Texts, retry: () => void): TemplateResult {
  const { heading, hint, canRetry } = failureWords(error, texts);
  return html`<div class="failed" role="alert">
    <span class="sign">${warnIcon(26)}</span>
    <strong>${heading}</strong>
    <p>${hint}</p>
    ${canRetry ? html`<button class="primary" type="button" @click=${retry}>${texts.retry}</button>` : nothing}
  </div>`;
}
