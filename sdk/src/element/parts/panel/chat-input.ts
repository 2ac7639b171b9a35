import type { ChatMessage, OpenChatInput, VisitorSession } from '../../../client/index.ts';
import type { FormRules, FormValues } from '../pre-chat-form/validate-form.ts';

/** The longest address of a page that the contract takes. */
const PAGE_LENGTH = 2_048;

/** What the form begins with: what was refused, else what the page says, else the draft and what is known of the customer. */
export function formDefaults(
  session: VisitorSession | null,
  draft: string,
  prefill: Partial<FormValues>,
  refused: ChatMessage | null = null,
): Partial<FormValues> {
  const { name, email } = session?.customer ?? {};
  const sent = refused && {
    ...refused.opening,
    department: refused.opening?.department ?? '',
    message: refused.content,
  };
  return {
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(draft ? { message: draft } : {}),
    ...prefill,
    ...sent,
  };
}

/** What the form asks for: no department where the page has chosen one, and an address where it is needed. */
export function formRules(rules: FormRules, chosenDepartment: string, needsAddress: boolean): FormRules {
  return {
    name: rules.name,
    email: needsAddress ? 'required' : rules.email,
    department: chosenDepartment ? 'hidden' : rules.department,
  };
}

/** The form's values as the client takes them: trimmed, without what is hidden or empty. */
export function chatInput(
  values: FormValues,
  rules: FormRules,
  chosenDepartment: string,
  page: string,
): OpenChatInput {
  const name = rules.name === 'hidden' ? '' : values.name.trim();
  const email = rules.email === 'hidden' ? '' : values.email.trim();
  const department = chosenDepartment || (rules.department === 'hidden' ? '' : values.department);
  return {
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(department ? { department } : {}),
    ...(page.length <= PAGE_LENGTH ? { page } : {}),
    message: values.message,
  };
}
