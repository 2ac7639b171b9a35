import { expect, test } from 'vitest';
import { createReadMarker } from './read-marker.ts';

test('each position is told once; one that could not be told is told later', async () => {
  const told: number[] = [];
  let works = true;
  const marker = createReadMarker({
    known: () => 0,
    async tell(seq) {
      told.push(seq);
      if (!works) throw new Error('offline');
    },
  });
  marker.mark(3);
  marker.mark(3);
  marker.mark(2);
  expect(told).toEqual([3]);
  works = false;
  marker.mark(5);
  await Promise.resolve();
  works = true;
  marker.flush();
  marker.flush();
  expect(told).toEqual([3, 5, 5]);
});

test('what the server knows already is not told', () => {
  const told: number[] = [];
  const marker = createReadMarker({ known: () => 4, tell: async (seq) => void told.push(seq) });
  marker.mark(4);
  marker.mark(5);
  expect(told).toEqual([5]);
});
