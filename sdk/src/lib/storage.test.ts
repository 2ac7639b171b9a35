import { expect, test } from 'vitest';
import { memoryStore, openStorage, webStore } from './storage.ts';

/** A web storage that holds at most `room` values, as a full or forbidden one does. */
function storageFor(room: number): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    clear: () => values.clear(),
    getItem: (key) => values.get(key) ?? null,
    key: (at) => [...values.keys()][at] ?? null,
    removeItem: (key) => void values.delete(key),
    setItem(key, value) {
      if (values.size >= room && !values.has(key)) throw new DOMException('full', 'QuotaExceededError');
      values.set(key, value);
    },
  };
}

test('values are in the web storage, for every page that uses it', () => {
  const storage = storageFor(10);
  webStore(() => storage).set('a', '1');
  const other = webStore(() => storage);
  expect(other.get('a')).toBe('1');
  other.remove('a');
  expect(storage.length).toBe(0);
});

test('what a full storage refuses is kept in memory', () => {
  const store = webStore(() => storageFor(0));
  store.set('a', '1');
  expect(store.get('a')).toBe('1');
  expect(store.keys()).toEqual(['a']);
  store.remove('a');
  expect(store.get('a')).toBeNull();
});

test('a storage that throws when it is merely touched is as good as none', () => {
  const store = webStore(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  store.set('a', '1');
  expect([store.get('a'), store.get('b'), store.keys()]).toEqual(['1', null, ['a']]);
});

test('a value that found room later is read from the storage, not from memory', () => {
  const storage = storageFor(1);
  storage.setItem('other', 'x');
  const store = webStore(() => storage);
  store.set('a', 'in memory');
  storage.removeItem('other');
  store.set('a', 'stored');
  expect(storage.getItem('a')).toBe('stored');
  expect(store.get('a')).toBe('stored');
});

test('without a web storage at all there is memory', () => {
  const store = openStorage('memory');
  store.set('a', '1');
  expect(store.get('a')).toBe('1');
  expect(memoryStore().get('a')).toBeNull();
});
