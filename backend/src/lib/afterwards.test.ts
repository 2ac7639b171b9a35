import { expect, test } from 'vitest';
import { createAfterwards } from './afterwards.ts';

test('what is held back is done in order after the release, and at once from then on', () => {
  const done: string[] = [];
  const later = createAfterwards();
  later.add(() => {
    done.push('first');
    later.add(() => done.push('within'));
  });
  later.add(() => done.push('second'));
  expect(done).toEqual([]);
  later.release();
  later.add(() => done.push('late'));
  later.release();
  expect(done).toEqual(['first', 'within', 'second', 'late']);
});
