import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AttachmentsApi, ChatState } from '../../../client/index.ts';
import type { Texts } from '../../locales/en.ts';
import type { SupportState } from '../../support.ts';
import type { Attempt } from '../../attempt.ts';
import type { Draft } from '../../draft.ts';

export interface WritingPlaceOptions {
  chat: ChatState;
  data: SupportState;
  api: AttachmentsApi;
  draft: Draft;
  attempt: Attempt;
  /** Asks for a new chat in place of one that has ended. */
  startNew(): void;
  /** The panel: it says how to speak, and files can be dropped on it. */
  host: HTMLElement & { texts: Texts; locale: string };
}

/** Where one writes, with what is attached; its parts for files come as soon as they are fetched. */
export function writingPlace(options: WritingPlaceOptions): TemplateResult {
  const { chat, data, api, draft, attempt, host } = options;
  const { texts, locale } = host;
  const store = data.chat;
  const attach = (files: File[]) => attempt.run(async () => files.forEach((file) => store?.attach(file)));
  return html`${chat.status === 'closed' ? endedHint(options) : nothing}
    <p class="refusal" role="alert" ?hidden=${!attempt.refusal}>${attempt.refusal}</p>
    <wzatco-composer
      exportparts="composer, input, send-button"
      .texts=${texts}
      .draft=${draft.read()}
      .attached=${chat.attached.length}
      .blocked=${chat.attached.some(({ error }) => error !== null)}
      @send=${({ detail }: CustomEvent<string>) => store?.send(detail)}
      @draft=${({ detail }: CustomEvent<string>) => draft.write(detail)}
      @typing=${({ detail }: CustomEvent<boolean>) => store?.setTyping(detail)}
    >
      <wzatco-attach-button
        slot="attach"
        exportparts="attach-button"
        .texts=${texts}
        .zone=${host}
        @attach=${({ detail }: CustomEvent<File[]>) => void attach(detail)}
      ></wzatco-attach-button>
      ${repeat(
        chat.attached,
        ({ key }) => key,
        (attachment) =>
          html`<wzatco-attachment
            slot="attached"
            role="listitem"
            removable
            .attachment=${attachment}
            .api=${api}
            .texts=${texts}
            .locale=${locale}
            @remove=${() => store?.detach(attachment.key)}
          ></wzatco-attachment>`,
      )}
    </wzatco-composer>`;
}

/** In a chat that has ended: that it has, and the other way on. */
function endedHint({ host: { texts }, startNew }: WritingPlaceOptions): TemplateResult {
  return html`<p class="ended">
    ${texts.ended} <button class="link" type="button" @click=${startNew}>${texts.newChat}</button>
  </p>`;
}
