import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['Grace Brewster Hopper', 'GH'],
  ['ada', 'A'],
  ['  "Zoë"  van Dyk ', 'ZD'],
  ['محمد علي', 'مع'],
  ['𝒜da Lovelace', '𝒜L'],
  ['🙂', ''],
  ['', ''],
])('%j is shown as %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
