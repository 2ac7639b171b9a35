import { expect, test } from 'vitest';
import { en } from '../../locales/en.ts';
import { clockTime, dayName } from './format-time.ts';

const now = new Date(2026, 10, 23, 12, 0);
const at = (...moment: [number, number, number, number, number]) => new Date(...moment).toISOString();

test('days near now have names, others a date', () => {
  expect(dayName(at(2026, 10, 23, 0, 1), 'en-GB', en, now)).toBe('Today');
  expect(dayName(at(2026, 10, 22, 23, 59), 'en-GB', en, now)).toBe('Yesterday');
  expect(dayName(at(2026, 10, 20, 9, 0), 'en-GB', en, now)).toMatch(/^Fri,? 20 November$/);
  expect(dayName(at(2025, 10, 20, 9, 0), 'de', en, now)).toContain('2025');
});

test('yesterday is found across the end of a month', () => {
  expect(dayName(at(2026, 9, 31, 9, 0), 'en', en, new Date(2026, 10, 1, 0, 30))).toBe('Yesterday');
});

test('times follow the locale', () => {
  expect(clockTime(at(2026, 10, 23, 14, 5), 'de')).toBe('14:05');
  expect(clockTime(at(2026, 10, 23, 14, 5), 'en-US')).toMatch(/^2:05\sPM$/);
});
