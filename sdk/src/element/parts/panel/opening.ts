import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { WidgetConfig } from '../../../client/index.ts';
import type { Availability } from '../../../contract/business-hours.ts';
import type { Attempt } from '../../attempt.ts';
import { createDraft, type Draft } from '../../draft.ts';
import type { Texts } from '../../locales/en.ts';
import type { Support, SupportState } from '../../support.ts';
import type { PreChatForm } from '../pre-chat-form/pre-chat-form.ts';
import type { FormRules, FormValues } from '../pre-chat-form/validate-form.ts';
import { awayIn, isAway, isReachable, refusedOpening } from './away.ts';
import { chatInput, formDefaults, formRules } from './chat-input.ts';

/** The panel, as far as opening a chat needs it. */
interface OpeningHost extends ReactiveControllerHost {
  readonly renderRoot: ParentNode;
  readonly support: Support | null;
  readonly data: SupportState | null;
  readonly texts: Texts;
  readonly department: string;
  readonly prefill: Partial<FormValues> | null;
}

/** How a chat is opened: what the form begins with and asks for, and what becomes of it where it is refused. */
export class Opening {
  /** What is being written, in the form or the conversation. */
  draft: Draft = createDraft('');
  readonly #host: OpeningHost;
  readonly #attempt: Attempt;
  readonly #opened: () => void;
  /** That nobody is there, as the server said last when it refused a chat. */
  #told: Availability | null = null;
  #defaults: Partial<FormValues> = {};
  /** What was sent: where it is refused the form comes back with it. */
  #sent: Partial<FormValues> = {};
  #customerId: string | undefined;
  /** The `key` of the refused opening that the form is about. */
  #refused: string | undefined;

  /** @param opened is told when the chat is there. */
  constructor(host: OpeningHost, attempt: Attempt, opened: () => void) {
    this.#host = host;
    this.#attempt = attempt;
    this.#opened = opened;
  }

  /** @param isNew The form comes, or others are asked: its values are looked at then, not while somebody writes in it. */
  prepare(isNew: boolean): void {
    const { data, prefill } = this.#host;
    const session = data?.session ?? null;
    const refused = refusedOpening(data?.chatState ?? null);
    const isRefused = refused !== null && refused.key !== this.#refused;
    this.#refused = refused?.key;
    if (isRefused) this.#told = awayIn(refused.error);
    if (!isNew && !isRefused && session?.customer.id === this.#customerId) return;
    this.#customerId = session?.customer.id;
    const known = formDefaults(session, this.draft.read(), prefill ?? {}, refused);
    this.#defaults = { ...known, ...this.#sent };
  }

  /** What is known of nobody being there; null where somebody may be. */
  get away(): Availability | null {
    const said = [this.#told, this.#host.data?.config?.availability];
    return said.find((one) => one && isAway(one)) ?? null;
  }

  /** Asks the server again who is there: what it said may be long past. */
  readonly lookAgain = async (): Promise<void> => {
    if (await this.#host.support?.refresh()) this.#tell(null);
    // The answer comes down from the element around the panel, in microtasks.
    await new Promise((drawn) => setTimeout(drawn));
  };

  form(config: WidgetConfig): TemplateResult {
    return html`<div class="scroll">
      <wzatco-pre-chat-form
        exportparts="form"
        .texts=${this.#host.texts}
        .rules=${this.#rules(config)}
        .departments=${config.departments}
        .prefill=${this.#defaults}
        .busy=${this.#attempt.busy}
        .away=${this.away !== null}
        .refusal=${this.#attempt.refusal}
        .lookAgain=${() => this.#attempt.run(this.lookAgain)}
        @start=${({ detail }: CustomEvent<FormValues>) => this.#start(detail, config)}
        @choose=${() => this.#tell(null)}
        @draft=${({ detail }: CustomEvent<string>) => {
          if (!this.#refused) this.draft.write(detail);
        }}
      ></wzatco-pre-chat-form>
    </div>`;
  }

  #tell(told: Availability | null): void {
    this.#told = told;
    this.#host.requestUpdate();
  }

  #rules({ preChatForm }: WidgetConfig): FormRules {
    const { data, department } = this.#host;
    const needsAddress = this.away !== null && !isReachable(data?.session ?? null);
    return formRules(preChatForm, department, needsAddress);
  }

  async #start(values: FormValues, config: WidgetConfig): Promise<void> {
    const { support, department } = this.#host;
    if (!support) return;
    const input = chatInput(values, this.#rules(config), department, location.href);
    const replaces = this.#refused;
    // Off the draft before the conversation comes, whose composer begins with it. A refused one is kept by the client.
    if (!replaces) this.draft.write('');
    this.#defaults = this.#sent = values;
    const isOpen = await this.#attempt.run(() => support.openChat(replaces ? { ...input, replaces } : input));
    this.#sent = {};
    if (isOpen) {
      this.#opened();
      return;
    }
    if (!replaces) this.draft.write(values.message);
    const away = awayIn(this.#attempt.failure);
    if (away) await this.#askForAddress(away);
  }

  /** The form says the same, and what it takes. */
  async #askForAddress(away: Availability): Promise<void> {
    this.#tell(away);
    await this.#host.updateComplete;
    const isWhole = await this.#host.renderRoot.querySelector<PreChatForm>('wzatco-pre-chat-form')?.check();
    // Where nothing is missing the reason stands.
    if (!isWhole) this.#attempt.clear();
  }
}
