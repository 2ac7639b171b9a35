import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { warnIcon } from '../../icons.ts';
import { en, type Texts } from '../../locales/en.ts';
import { controls } from '../../styles/controls.styles.ts';
import { preChatFormStyles } from './pre-chat-form.styles.ts';
import {
  validateForm,
  type FormErrors,
  type FormField,
  type FormRules,
  type FormValues,
} from './validate-form.ts';

const FIELDS: readonly FormField[] = ['name', 'email', 'department', 'message'];
const EMPTY: FormValues = { name: '', email: '', department: '', message: '' };

/**
 * Asks what the site wants to know before a chat. Events: `start` with `FormValues`; `draft` with the message as
 * it is being written; `choose` when another department is chosen.
 */
export class PreChatForm extends LitElement {
  static override styles = [controls, preChatFormStyles];

  @property({ attribute: false }) texts: Texts = en;
  @property({ attribute: false }) rules: FormRules = {
    name: 'hidden',
    email: 'hidden',
    department: 'hidden',
  };
  @property({ attribute: false }) departments: readonly string[] = [];
  /** What is known already; a new object fills the fields again. */
  @property({ attribute: false }) prefill: Partial<FormValues> = {};
  @property({ type: Boolean }) busy = false;
  /** Is nobody there, so that what is written is left for later? */
  @property({ type: Boolean }) away = false;
  /** Looks once more whether somebody is there, before an address is asked for because nobody is. */
  @property({ attribute: false }) lookAgain: () => Promise<unknown> = async () => undefined;
  /** Why the server refused it. */
  @property({ attribute: false }) refusal: string | null = null;

  @state() private values: FormValues = EMPTY;
  @state() private errors: FormErrors = {};

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('prefill')) this.values = { ...this.values, ...this.prefill };
  }

  override focus(): void {
    const empty = FIELDS.find((field) => this.values[field] === '' && this.#control(field));
    this.#control(empty ?? 'message')?.focus();
  }

  #control(field: FormField): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`#${field}`);
  }

  #write(field: FormField, event: Event): void {
    const { value } = event.target as HTMLInputElement;
    this.values = { ...this.values, [field]: value };
    // A field that was found wrong is looked at again as it is corrected, not before it is left.
    if (this.errors[field]) this.errors = { ...this.errors, [field]: this.#validate()[field] };
    if (field === 'department') this.dispatchEvent(new CustomEvent('choose'));
    if (field === 'message') this.dispatchEvent(new CustomEvent('draft', { detail: value }));
  }

  #leave(field: FormField): void {
    if (this.values[field].trim() !== '') this.errors = { ...this.errors, [field]: this.#validate()[field] };
  }

  #validate(): FormErrors {
    return validateForm(this.values, this.rules, this.texts);
  }

  async #submit(event?: Event): Promise<void> {
    event?.preventDefault();
    if (this.busy) return;
    const asksForAddress = this.rules.email === 'required' && this.values.email.trim() === '';
    if (this.away && asksForAddress) await this.lookAgain();
    if (!(await this.check())) return;
    this.dispatchEvent(new CustomEvent('start', { detail: this.values }));
  }

  /** Is all as it should be? Says what is not, and goes there. */
  async check(): Promise<boolean> {
    this.errors = this.#validate();
    const wrong = FIELDS.find((field) => this.errors[field]);
    if (!wrong) return true;
    await this.updateComplete;
    this.#control(wrong)?.focus();
    return false;
  }

  #submitByKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing)
      void this.#submit(event);
  }

  #row(field: FormField, label: string, control: TemplateResult, optional: boolean) {
    const error = this.errors[field];
    return html`<div class="row">
      <div class="caption">
        <label for=${field}>${label}</label>
        ${optional ? html`<span>${this.texts.optional}</span>` : nothing}
      </div>
      ${control}
      <p class="error" id="${field}-error" ?hidden=${!error}>${warnIcon()}<span>${error}</span></p>
    </div>`;
  }

  #input(field: 'name' | 'email', label: string, type: string) {
    const rule = this.rules[field];
    if (rule === 'hidden') return nothing;
    const control = html`<input
      class="field"
      id=${field}
      name=${field}
      type=${type}
      autocomplete=${field}
      dir=${this.values[field] ? 'auto' : nothing}
      .value=${this.values[field]}
      aria-required=${rule === 'required' ? 'true' : 'false'}
      aria-invalid=${this.errors[field] ? 'true' : 'false'}
      aria-describedby="${field}-error"
      @input=${(event: Event) => this.#write(field, event)}
      @blur=${() => this.#leave(field)}
    />`;
    return this.#row(field, label, control, rule === 'optional');
  }

  #departments() {
    const rule = this.rules.department;
    if (rule === 'hidden' || this.departments.length === 0) return nothing;
    const control = html`<span class="select"
      ><select
        class="field"
        id="department"
        name="department"
        aria-required=${rule === 'required' ? 'true' : 'false'}
        aria-invalid=${this.errors.department ? 'true' : 'false'}
        aria-describedby="department-error"
        @change=${(event: Event) => this.#write('department', event)}
      >
        <option value="" ?disabled=${rule === 'required'} .selected=${this.values.department === ''}>
          ${rule === 'required' ? this.texts.chooseDepartment : this.texts.anyDepartment}
        </option>
        ${this.departments.map(
          (name) => html`<option value=${name} .selected=${this.values.department === name}>${name}</option>`,
        )}
      </select></span
    >`;
    return this.#row('department', this.texts.department, control, rule === 'optional');
  }

  #question() {
    const control = html`<textarea
      class="field"
      id="message"
      name="message"
      rows="4"
      dir=${this.values.message ? 'auto' : nothing}
      .value=${this.values.message}
      aria-required="true"
      aria-invalid=${this.errors.message ? 'true' : 'false'}
      aria-describedby="message-error"
      @input=${(event: Event) => this.#write('message', event)}
      @keydown=${this.#submitByKey}
    ></textarea>`;
    return this.#row('message', this.texts.question, control, false);
  }

  override render() {
    return html`<form part="form" novalidate @submit=${this.#submit}>
      ${this.#input('name', this.texts.name, 'text')} ${this.#input('email', this.texts.email, 'email')}
      ${this.#departments()} ${this.#question()}
      <p class="refusal" role="alert" ?hidden=${!this.refusal}>${warnIcon(18)}<span>${this.refusal}</span></p>
      <button class="primary" type="submit" aria-disabled=${this.busy ? 'true' : 'false'}>
        ${this.busy ? html`<i class="spinner"></i>${this.texts.starting}` : this.away ? this.texts.leaveMessage : this.texts.startChat}
      </button>
    </form>`;
  }
}
