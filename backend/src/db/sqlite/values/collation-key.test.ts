import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { collationKeys, INDEXED_LOCALES } from './collation-key.ts';

/** Surrogates, private and unassigned ones apart. */
const EVERY_CHARACTER = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter(
  (character) => !/[\p{Cs}\p{Co}\p{Cn}]/u.test(character),
);

/** Two thirds of all, and only these languages have rules for them. */
const IDEOGRAPHIC = /[\p{Unified_Ideograph}가-힣]/u;
const OTHERS = EVERY_CHARACTER.filter((character) => !IDEOGRAPHIC.test(character));
const KNOW_IDEOGRAPHS = new Set(['en', 'ja', 'ko', 'zh', 'zh-Hant']);

/** Two letters that a language may count as one, and letters with two accents. */
const PAIRS = (() => {
  const latin = [...'abcdefghijklmnopqrstuvwxyzßæœøåäöüñłđðþıÅÄÖAHCSZGYNLDT·’-\u0301\u0308\u030c\u0327'];
  const others = [...'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґёάαβγδεζηθικλμνξοπρστυφχψως\u0301\u0306'];
  const accents = [...'\u0301\u0308\u030a\u030c\u0323\u0306'];
  const pairs = [latin, others].flatMap((letters) => letters.flatMap((a) => letters.map((b) => a + b)));
  return [...pairs, ...latin.flatMap((a) => accents.flatMap((b) => accents.map((c) => a + b + c)))];
})();

test.each(INDEXED_LOCALES)('%s: whatever is equal has one key, in all of Unicode', (locale) => {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base' });
  const keyOf = collationKeys(locale, false);
  if (keyOf === undefined) throw new Error('no keys');
  const characters = KNOW_IDEOGRAPHS.has(locale) ? EVERY_CHARACTER : OTHERS;
  const sorted = [...characters, ...PAIRS].sort(compare);
  const wrong = sorted.filter((text, at) => {
    const before = sorted[at - 1];
    return before !== undefined && compare(before, text) === 0 && keyOf(before) !== keyOf(text);
  });
  expect(wrong).toEqual([]);
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc
    .array(fc.constantFrom(...'aAáÁäæÆbBß0123½①ﬁ\u0301\u00ad \u200b'), { maxLength: 6 })
    .map((all) => all.join('')),
);
const sensitivities = ['base', 'accent', 'case', 'variant'] as const;

test('equal strings have equal keys, with every strength and with numbers by their value', () => {
  const locales = ['en', 'de', 'ru', 'ja', 'fr-CA'];
  const keys = [false, true].map((numeric) => locales.map((locale) => collationKeys(locale, numeric)));
  let equal = 0;
  fc.assert(
    fc.property(text, text, fc.constantFrom(...locales), fc.boolean(), (a, b, locale, numeric) => {
      const keyOf = keys[Number(numeric)]?.[locales.indexOf(locale)];
      for (const sensitivity of sensitivities) {
        const { compare } = new Intl.Collator(locale, { sensitivity, numeric });
        for (const other of [b, a.toUpperCase(), a.normalize('NFD'), a.normalize('NFKC'), `0${a}`]) {
          if (compare(a, other) !== 0) continue;
          equal += 1;
          expect(keyOf?.(a)).toBe(keyOf?.(other));
        }
      }
    }),
    { numRuns: 300, seed: 5 },
  );
  expect(equal).toBeGreaterThan(1000);
});

test('different letters have different keys, so that a key finds few', () => {
  const keyOf = collationKeys('en', false);
  const names = ['ada', 'Ada', 'adb', 'æther', 'aether', 'Олег', 'олег', 'Ольга', '王', '山', 'τις', 'a1'];
  expect(new Set(names.map((name) => keyOf?.(name))).size).toBe(9);
});

test('a language whose rules the keys do not follow has none', () => {
  expect(collationKeys('sv', false)).toBeUndefined();
  expect(collationKeys('da', false)).toBeUndefined();
});
