import type { WidgetConfig } from '../../../client/index.ts';
import { LIMITS } from '../../../contract/constants.ts';
import { charactersIn } from '../../../lib/characters-in.ts';
import type { Texts } from '../../locales/en.ts';

/** What a person has written into the form, as it stands in the fields. */
export interface FormValues {
  name: string;
  email: string;
  department: string;
  message: string;
}

export type FormField = keyof FormValues;
export type FormRules = WidgetConfig['preChatForm'];
export type FormErrors = Partial<Record<FormField, string>>;

/** Something, an at, something with a dot in it: the server has the last word. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

function nameError(name: string, rules: FormRules, texts: Texts): string | undefined {
  if (name === '') return rules.name === 'required' ? texts.nameMissing : undefined;
  return charactersIn(name) > LIMITS.name ? texts.nameTooLong : undefined;
}

function emailError(email: string, rules: FormRules, texts: Texts): string | undefined {
  if (email === '') return rules.email === 'required' ? texts.emailMissing : undefined;
  return charactersIn(email) > LIMITS.email || !EMAIL.test(email) ? texts.emailWrong : undefined;
}

/** What is wrong with each field; empty where the form can be sent. Hidden fields are not looked at. */
export function validateForm(values: FormValues, rules: FormRules, texts: Texts): FormErrors {
  const found: Record<FormField, string | undefined> = {
    name: rules.name === 'hidden' ? undefined : nameError(values.name.trim(), rules, texts),
    email: rules.email === 'hidden' ? undefined : emailError(values.email.trim(), rules, texts),
    department:
      rules.department === 'required' && values.department === '' ? texts.departmentMissing : undefined,
    message: messageError(values.message, texts),
  };
  return Object.fromEntries(Object.entries(found).filter(([, error]) => error !== undefined));
}

function messageError(message: string, texts: Texts): string | undefined {
  if (message.trim() === '') return texts.questionMissing;
  const over = charactersIn(message) - LIMITS.message;
  return over > 0 ? texts.charactersOver(over) : undefined;
}
