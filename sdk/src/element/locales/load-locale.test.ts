import { expect, test } from 'vitest';
import { en } from './en.ts';
import { loadLocale, usableTag } from './load-locale.ts';

test('regions get their language, unknown ones English', async () => {
  expect((await loadLocale('de-AT')).send).toBe('Senden');
  expect((await loadLocale('AR')).dir).toBe('rtl');
  expect(await loadLocale('fr')).toBe(en);
});

test('the first tag that can be used wins; nonsense is passed over', () => {
  expect(usableTag('', null, 'de-AT', 'fr')).toBe('de-AT');
  expect(usableTag('not a tag!', 'ar')).toBe('ar');
  expect(usableTag('§', undefined)).toBe('en');
});

test.each(['de', 'ar'])('%s counts and names like English does', async (tag) => {
  const texts = await loadLocale(tag);
  for (const count of [1, 2, 5]) {
    expect(texts.unread(count)).toContain(String(count));
    expect(texts.stars(count)).not.toContain('undefined');
  }
  expect(texts.typing('Ada')).toContain('Ada');
  expect(texts.messageFrom('Ada', 'Hello')).toContain('Hello');
});
