import { expect, onTestFinished, test, vi } from 'vitest';
import { openRecordStore } from './record-store.ts';
import { installFakeIndexedDb } from './testing/fake-indexed-db.ts';

function withDatabase() {
  onTestFinished(() => void vi.unstubAllGlobals());
  return installFakeIndexedDb();
}

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

test('a connection that was lost is opened again, and nothing is missed', async () => {
  const database = withDatabase();
  const store = openRecordStore<string>({ name: 'test', kind: 'local' });
  await store.put('1', 'one');
  database.lose();
  expect(await store.all()).toEqual(['one']);
  await store.put('2', 'two');
  expect(database.count()).toBe(2);
});

test('that it cannot be read is told apart from there being nothing', async () => {
  const database = withDatabase();
  const store = openRecordStore<string>({ name: 'test', kind: 'local' });
  expect(await store.all()).toEqual([]);
  await store.put('1', 'one');
  database.lose();
  database.refuse(true);
  await expect(store.all()).rejects.toThrow('could not be opened');
});

test('what is put while the database is away lies elsewhere, and comes before what it had', async () => {
  const database = withDatabase();
  const name = `test-${Math.random()}`;
  const store = openRecordStore<string>({ name, kind: 'local' });
  await store.put('1', 'older');
  database.lose();
  database.refuse(true);
  await store.put('1', 'newer');
  database.refuse(false);
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
  onTestFinished(() => clock.mockRestore());
  expect(await store.all()).toEqual(['newer', 'older']);
  await store.put('1', 'newest');
  expect(await store.all()).toEqual(['newest']);
});

test('where no database opens at all, that is not a place', async () => {
  withDatabase().refuse(true);
  const store = openRecordStore<string>({ name: `test-${Math.random()}`, kind: 'local' });
  await store.put('1', 'one');
  expect(await store.all()).toEqual(['one']);
});
