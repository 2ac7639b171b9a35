import { expect, test } from 'vitest';
import { memoryStore } from '../lib/storage.ts';
import { createDraft } from './draft.ts';

test('a draft outlives a reload, for its site only, until it is emptied', () => {
  const store = memoryStore();
  createDraft('shop', store).write('Where is');
  expect(createDraft('shop', store).read()).toBe('Where is');
  expect(createDraft('blog', store).read()).toBe('');
  createDraft('shop', store).write('');
  expect(createDraft('shop', store).read()).toBe('');
  expect(store.keys()).toEqual([]);
});
