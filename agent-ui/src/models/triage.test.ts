import { expect, test } from 'vitest';
import { TAG_LIMITS, withTag } from './triage.ts';

test('a tag is added once, trimmed and in lower case', () => {
  expect(withTag(['vip'], ' Refund ')).toEqual(['vip', 'refund']);
  expect(withTag(['vip'], 'VIP')).toBeNull();
  expect(withTag(['vip'], '  ')).toBeNull();
});

test('there are only so many', () => {
  const many = Array.from({ length: TAG_LIMITS.number }, (_, index) => `tag ${index}`);
  expect(withTag(many, 'one more')).toBeNull();
});
