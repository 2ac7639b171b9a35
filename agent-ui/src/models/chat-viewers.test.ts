import { expect, test } from 'vitest';
import { otherViewers } from './chat-viewers.ts';

const people = ['ada', 'bob', 'cleo', 'dora', 'emil', 'finn'].map((id) => ({ id, name: id, avatar: null }));
const names = (me: string, count: number) => {
  const { shown, more } = otherViewers(people.slice(0, count), me);
  return [shown.map(({ id }) => id), more.map(({ id }) => id)];
};

test('oneself is never among them, wherever one stands', () => {
  expect(names('ada', 1)).toEqual([[], []]);
  expect(names('bob', 3)).toEqual([['ada', 'cleo'], []]);
});

test('beyond three the others are together', () => {
  expect(names('ada', 4)).toEqual([['bob', 'cleo', 'dora'], []]);
  expect(names('ada', 6)).toEqual([
    ['bob', 'cleo', 'dora'],
    ['emil', 'finn'],
  ]);
});

test('who is not known yet has nobody left out', () => {
  expect(names('', 2)).toEqual([['ada', 'bob'], []]);
});
