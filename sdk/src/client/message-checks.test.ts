import { expect, test } from 'vitest';
import { checkMessage, checkText, nameOf } from './message-checks.ts';

test.each(['x', '😀'])('a message of 10,000 %s is sent, one of one more is not', (character) => {
  expect(() => checkText(character.repeat(10_000))).not.toThrow();
  expect(() => checkText(character.repeat(10_001))).toThrow('10000 characters');
  expect(() => checkMessage(character.repeat(10_001), [])).toThrow('10000 characters');
});

test('a long name of a file keeps its end, and no half of a character', () => {
  const name = nameOf(new Blob(), `${'😀'.repeat(300)}.png`);
  expect([...name]).toHaveLength(255);
  expect(name).toBe(`${'😀'.repeat(251)}.png`);
});
