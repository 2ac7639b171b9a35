import { describe, expect, it } from 'vitest';
import { linkify, webAddress } from './linkify.ts';

const links = (text: string) => linkify(text).filter((part) => part.href !== undefined);

describe('linkify', () => {
  it.each([
    ['see https://example.com/a?b=c#d now', 'https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['www.example.com.', 'www.example.com', 'https://www.example.com/'],
    ['write to ada@example.com!', 'ada@example.com', 'mailto:ada@example.com'],
    ['(https://example.com/x)', 'https://example.com/x', 'https://example.com/x'],
    [
      'https://en.wikipedia.org/wiki/A_(b)',
      'https://en.wikipedia.org/wiki/A_(b)',
      'https://en.wikipedia.org/wiki/A_(b)',
    ],
    ['HTTP://EXAMPLE.COM', 'HTTP://EXAMPLE.COM', 'http://example.com/'],
  ])('%j', (text, shown, href) => {
    expect(links(text)).toEqual([{ text: shown, href }]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,hi',
    'ftp://example.com',
    'no links here',
    'a@b',
    'https://',
    '',
  ])('leaves %j alone', (text) => {
    expect(links(text)).toEqual([]);
  });

  it('does not dress up another address by a name before an @', () => {
    expect(
      links('https://bank.example:secret@evil.example/').some(({ href }) => href?.startsWith('http')),
    ).toBe(false);
  });

  it('loses no character of the text', () => {
    for (const text of [
      'a https://x.example, b c@d.example. e',
      'https://x.example https://y.example',
      '\n www.x.example\n',
    ]) {
      expect(
        linkify(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }
  });
});

describe('webAddress', () => {
  it('takes web pages only', () => {
    expect(webAddress('https://example.com/pricing')).toBe('https://example.com/pricing');
    expect(webAddress('javascript:alert(1)')).toBeNull();
    expect(webAddress('ada@example.com')).toBeNull();
  });
});
