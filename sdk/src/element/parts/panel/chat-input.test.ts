import { expect, test } from 'vitest';
import type { VisitorSession } from '../../../client/index.ts';
import { messageOf } from '../../testing/chat-fixtures.ts';
import type { FormRules } from '../pre-chat-form/validate-form.ts';
import { chatInput, formDefaults, formRules } from './chat-input.ts';

const values = { name: ' Ada ', email: '', department: 'Sales', message: ' Hello\n' };
const rules = { name: 'required', email: 'optional', department: 'optional' } as const;

test('what is empty is left out, the message stays as written', () => {
  expect(chatInput(values, rules, '', 'https://shop.example/')).toEqual({
    name: 'Ada',
    department: 'Sales',
    page: 'https://shop.example/',
    message: ' Hello\n',
  });
});

test('what is hidden is not sent; the department of the page wins', () => {
  const hidden = { name: 'hidden', email: 'hidden', department: 'hidden' } as const;
  expect(chatInput(values, hidden, '', 'x')).toEqual({ page: 'x', message: ' Hello\n' });
  expect(chatInput(values, rules, 'Technical', 'x').department).toBe('Technical');
});

test('an address that the contract does not take is not sent', () => {
  expect(chatInput(values, rules, '', 'x'.repeat(2_049))).not.toHaveProperty('page');
});

test('the page knows better than the draft, and both better than nothing', () => {
  const session: VisitorSession = {
    visitorToken: 't',
    customer: { id: '665f1c2ab8e4d7a1c09f3b52', name: 'Ada', email: null, verified: false },
    chat: null,
  };
  expect(formDefaults(session, 'Where is', {})).toEqual({ name: 'Ada', message: 'Where is' });
  expect(formDefaults(session, 'Where is', { message: 'Hi', email: 'a@b.example' })).toEqual({
    name: 'Ada',
    email: 'a@b.example',
    message: 'Hi',
  });
  expect(formDefaults(null, '', {})).toEqual({});
});

test('an address is asked for where it is needed, however the site asks otherwise', () => {
  const rules: FormRules = { name: 'optional', email: 'hidden', department: 'required' };
  expect(formRules(rules, '', false)).toEqual(rules);
  expect(formRules(rules, 'Sales', true)).toEqual({
    name: 'optional',
    email: 'required',
    department: 'hidden',
  });
});

test('what was refused comes back as it was sent, before everything else', () => {
  const opening = { name: 'Ada', page: 'https://shop.example/' };
  const refused = messageOf(1, { content: 'Hello', opening });
  expect(formDefaults(null, 'half a wo', { message: 'Hi', email: 'a@b.example' }, refused)).toMatchObject({
    name: 'Ada',
    email: 'a@b.example',
    department: '',
    message: 'Hello',
  });
});
