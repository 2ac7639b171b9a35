import { expect, test } from 'vitest';
import { createPictureLine } from './picture-line.ts';

/** A line whose works end when they are told to, and who did one, in the order in which they began. */
function watchedLine() {
  const inLine = createPictureLine();
  const begun: string[] = [];
  let free = () => {};
  const open = new Promise<void>((resolve) => (free = resolve));
  let together = 0;
  const add = (owner: string, address = owner) =>
    inLine({ owner, address }, async () => {
      begun.push(owner);
      together += 1;
      expect(together).toBe(1);
      await open;
      together -= 1;
      return 'done';
    });
  return { begun, add, free: () => free() };
}

test('owners take turns, however much one of them brings', async () => {
  const { begun, add, free } = watchedLine();
  const all = ['a', 'a', 'a', 'a', 'b', 'b', 'c'].map((owner) => add(owner));
  free();
  await Promise.all(all);
  expect(begun.join('')).toBe('abcabaa');
});

test('an address has one turn, and its visitors take turns in that', async () => {
  const { begun, add, free } = watchedLine();
  const crowd = Array.from({ length: 20 }, (_, index) => `crowd-${index}`);
  const all = [...crowd, ...crowd].map((owner) => add(owner, 'one address'));
  all.push(add('honest', 'another address'));
  free();
  await Promise.all(all);
  expect(begun.indexOf('honest')).toBe(1);
  expect(begun.filter((owner) => owner !== 'honest')).toEqual([...crowd, ...crowd]);
});

test('ten of one owner wait; one more is told so at once, others are not, and room comes back', async () => {
  const { begun, add, free } = watchedLine();
  const all = Array.from({ length: 10 }, () => add('a'));
  expect(await add('a')).toBeNull();
  all.push(add('b'));
  free();
  expect(new Set(await Promise.all(all))).toEqual(new Set(['done']));
  expect(begun.length).toBe(11);
  expect(await add('a')).toBe('done');
});

test('work that fails holds up nobody', async () => {
  const inLine = createPictureLine();
  const waiter = { owner: 'a', address: 'x' };
  for (let count = 0; count < 20; count += 1)
    await expect(inLine(waiter, () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
  expect(await inLine(waiter, () => Promise.resolve(1))).toBe(1);
});
