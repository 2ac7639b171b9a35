import { describe, expect, test } from 'vitest';
import { accentVariables, contrast, parseColour, readableOn, textOn } from './accent.ts';

const colours = ['#4f46e5', '#ffd400', '#fff', '#000', '#0aa', '#e11d48', '#7f7f7f', 'rgb(34, 197, 94)'];

function parsed(text: string): readonly [number, number, number] {
  const colour = parseColour(text);
  if (!colour) throw new Error(`${text} is no colour`);
  return colour;
}

describe('parseColour', () => {
  test('reads short and long hex and rgb()', () => {
    expect(parseColour('#abc')).toEqual([170, 187, 204]);
    expect(parseColour(' 4F46E5 ')).toEqual([79, 70, 229]);
    expect(parseColour('rgb(1, 2, 300)')).toEqual([1, 2, 255]);
  });

  test.each(['', 'red; background: url(//evil)', '#12345', 'var(--x)'])('refuses %j', (text) => {
    expect(parseColour(text)).toBeNull();
    expect(accentVariables(text)).toEqual({});
  });
});

test('contrast is 21 between black and white and 1 with itself', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
  expect(contrast([9, 9, 9], [9, 9, 9])).toBe(1);
});

test.each(colours)('text on %s can be read, at both ends of the header', (accent) => {
  const colour = parsed(accent);
  const variables = accentVariables(accent);
  const text = parsed(String(variables['--_site-accent-text']));
  expect(text).toEqual(textOn(colour));
  expect(contrast(text, colour)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(text, parsed(String(variables['--_site-accent-deep'])))).toBeGreaterThanOrEqual(4.5);
});

test.each(colours)('%s becomes readable on light and on dark', (accent) => {
  const variables = accentVariables(accent);
  for (const [name, surfaces] of [
    ['--_site-accent-on-light', ['#fff', '#f7f8fa', '#eff1f5']],
    ['--_site-accent-on-dark', ['#101218', '#181a21', '#22252e', '#272a34']],
  ] as const) {
    for (const surface of surfaces) {
      expect(contrast(parsed(String(variables[name])), parsed(surface))).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test('a colour that can be read already stays as it is', () => {
  expect(readableOn([255, 255, 255], [79, 70, 229])).toEqual([79, 70, 229]);
});
