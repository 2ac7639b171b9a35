import { describe, expect, it } from 'vitest';
import { initialsOf, tintOf } from './initials.ts';

describe('initialsOf', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['ada king lovelace', 'AL'],
    ['Cher', 'C'],
    ['  Grace   Hopper ', 'GH'],
    ['👩🏽‍🚀 Mae', '👩🏽‍🚀M'],
    ['مريم نور', 'من'],
    ['', '?'],
    ['   ', '?'],
    ['Sam (they/them)', 'ST'],
  ])('%j → %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('tintOf', () => {
  it('is the same for the same name, whatever its case and spaces', () => {
    expect(tintOf(' Ada Lovelace ')).toBe(tintOf('ada lovelace'));
  });

  it('stays within the palette and uses all of it', () => {
    const tints = new Set(Array.from({ length: 200 }, (_, index) => tintOf(`customer ${index}`)));
    expect([...tints].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
