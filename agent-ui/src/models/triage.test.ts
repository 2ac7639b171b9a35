import { expect, test } from 'vitest';
import { MOST_TAGS, tagProblem, withTag } from './triage.ts';

test('a tag is added once, trimmed and in lower case', () => {
  expect(withTag(['vip'], ' Refund ')).toEqual(['vip', 'refund']);
  expect(withTag(['vip'], 'VIP')).toBeNull();
  expect(withTag(['vip'], '  ')).toBeNull();
});

test('there are only so many', () => {
  const many = Array.from({ length: MOST_TAGS }, (_, index) => `tag ${index}`);
  expect(withTag(many, 'one more')).toBeNull();
});

test('a tag that is too long is told so, as the server counts it', () => {
  expect(tagProblem(`  ${'😀'.repeat(50)}  `)).toBeNull();
  expect(tagProblem('😀'.repeat(51))).toMatch('1 character too many');
});
