import { expect, test } from 'vitest';
import { en } from '../../locales/en.ts';
import { validateForm, type FormRules, type FormValues } from './validate-form.ts';

const allRequired: FormRules = { name: 'required', email: 'required', department: 'required' };
const good: FormValues = { name: 'Ada', email: 'ada@example.com', department: 'Sales', message: 'Hello' };

test('a complete form has no errors', () => {
  expect(validateForm(good, allRequired, en)).toEqual({});
});

test('white space is nothing', () => {
  const blank = { name: '  ', email: ' ', department: '', message: '\n' };
  expect(Object.keys(validateForm(blank, allRequired, en))).toEqual([
    'name',
    'email',
    'department',
    'message',
  ]);
});

test('optional fields may be empty but not wrong; hidden ones are not looked at', () => {
  const optional: FormRules = { name: 'optional', email: 'optional', department: 'optional' };
  const hidden: FormRules = { name: 'hidden', email: 'hidden', department: 'hidden' };
  const half = { name: '', email: 'ada@', department: '', message: 'Hello' };
  expect(validateForm({ ...half, email: '' }, optional, en)).toEqual({});
  expect(validateForm(half, optional, en)).toEqual({ email: en.emailWrong });
  expect(validateForm(half, hidden, en)).toEqual({});
});

test('limits of the contract are told before sending', () => {
  const long = { ...good, name: 'x'.repeat(101), message: 'x'.repeat(10_003) };
  expect(validateForm(long, allRequired, en)).toEqual({
    name: en.nameTooLong,
    message: en.charactersOver(3),
  });
  expect(validateForm({ ...good, message: 'x'.repeat(10_000) }, allRequired, en)).toEqual({});
});

test('an emoji is one character, as the server counts', () => {
  const full = { ...good, name: '😀'.repeat(100), message: '😀'.repeat(10_000) };
  expect(validateForm(full, allRequired, en)).toEqual({});
  const over = { ...good, name: '😀'.repeat(101), message: '😀'.repeat(10_003) };
  expect(validateForm(over, allRequired, en)).toEqual({
    name: en.nameTooLong,
    message: en.charactersOver(3),
  });
});
