import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { AttachmentsApi, ChatMessage } from '../../../client/index.ts';
import { clockIcon, readIcon, sentIcon, warnIcon } from '../../icons.ts';
import type { Texts } from '../../locales/en.ts';
import { clockTime } from './format-time.ts';
import { linkify } from '../../../lib/linkify.ts';

export interface BubbleOptions {
  texts: Texts;
  locale: string;
  api: AttachmentsApi | null;
  /** Is the line with time and state drawn under it? */
  withFooter: boolean;
  retry: (clientMessageId: string) => void;
  discard: (clientMessageId: string) => void;
}

const STATE_ICONS = { sending: clockIcon, sent: sentIcon, read: readIcon, failed: warnIcon };

function content(message: ChatMessage, texts: Texts): unknown {
  if (message.deletedAt) return html`<em>${texts.deleted}</em>`;
  return guard([message.content], () =>
    linkify(message.content).map(({ text, href }) =>
      href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>` : text,
    ),
  );
}

function footer(message: ChatMessage, { texts, locale }: BubbleOptions): TemplateResult {
  return html`<span class="meta">
    <time datetime=${message.timestamp}>${clockTime(message.timestamp, locale)}</time>
    ${message.editedAt && !message.deletedAt ? html`<span>${texts.edited}</span>` : nothing}
    ${
      message.mine
        ? html`<span class="state ${message.state}"
            >${STATE_ICONS[message.state]()}${texts[message.state]}</span
          >`
        : nothing
    }
  </span>`;
}

function failure(message: ChatMessage, { texts, retry, discard }: BubbleOptions): TemplateResult {
  const id = message.clientMessageId ?? message.key;
  return html`<span class="failure">
    <span>${warnIcon()}${texts.failed}${message.error ? `: ${message.error.message}` : nothing}</span>
    <span>
      <button type="button" @click=${() => retry(id)}>${texts.retry}</button>
      <button type="button" @click=${() => discard(id)}>${texts.discard}</button>
    </span>
  </span>`;
}

function attachments(message: ChatMessage, { texts, locale, api }: BubbleOptions) {
  return message.attachments.map(
    (attachment) =>
      html`<wzatco-attachment
        .attachment=${attachment}
        .api=${api}
        .texts=${texts}
        .locale=${locale}
      ></wzatco-attachment>`,
  );
}

/** One message. */
export function messageBubble(message: ChatMessage, options: BubbleOptions): TemplateResult {
  const { texts, locale, withFooter } = options;
  const who = message.mine ? texts.you : message.senderName || texts.support;
  const label = [who, clockTime(message.timestamp, locale), message.mine ? texts[message.state] : ''];
  const failed = message.state === 'failed';
  return html`<div
    role="article"
    class="message ${message.state}"
    part="message ${message.mine ? 'message-own' : 'message-theirs'}"
    aria-label=${label.filter(Boolean).join(', ')}
  >
    ${attachments(message, options)}
    ${
      message.content || message.attachments.length === 0
        ? html`<div class="bubble" dir="auto">${content(message, texts)}</div>`
        : nothing
    }
    ${failed ? failure(message, options) : withFooter ? footer(message, options) : nothing}
  </div>`;
}
