import { expect, test } from 'vitest';
import { openRecordStore } from './record-store.ts';

test('records are put, replaced, listed and deleted, by name', async () => {
  const store = openRecordStore<{ text: string }>({ name: 'test', kind: 'memory' });
  await store.put('1', { text: 'one' });
  await store.put('2', { text: 'two' });
  await store.put('1', { text: 'one again' });
  await store.delete('2');
  expect(await store.all()).toEqual([{ text: 'one again' }]);
});

test('where there is no IndexedDB the store works all the same', async () => {
  const store = openRecordStore<number>({ name: `test-${Math.random()}`, kind: 'local' });
  await store.put('n', 7);
  expect(await store.all()).toEqual([7]);
  await store.delete('n');
  expect(await store.all()).toEqual([]);
});
