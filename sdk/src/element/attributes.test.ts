import { expect, test } from 'vitest';
import { MODES, onOff, oneOf, serverAddress } from './attributes.ts';

test('a word is taken as the styles know it; the first stands for everything else', () => {
  const mode = oneOf(MODES);
  expect(mode.fromAttribute('inline')).toBe('inline');
  expect(mode.fromAttribute('popup')).toBe('floating');
  expect(mode.fromAttribute(null)).toBe('floating');
});

test('a switch is on when it is there and not "false"', () => {
  expect(['', 'true', 'open', 'false', ' FALSE', null].map(onOff.fromAttribute)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect([onOff.toAttribute(true), onOff.toAttribute(false)]).toEqual(['', null]);
});

test('an address loses its closing slashes only', () => {
  expect(serverAddress(' https://support.example.com/chat// ')).toBe('https://support.example.com/chat');
  expect(serverAddress('')).toBe('');
});
