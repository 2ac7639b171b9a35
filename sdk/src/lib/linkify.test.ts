import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { linkify, webAddress } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

describe('finds', () => {
  test.each([
    ['See https://example.com/a?b=c#d now', ['https://example.com/a?b=c#d']],
    ['www.example.com', ['https://www.example.com/']],
    ['write to ada@example.com, please', ['mailto:ada@example.com']],
    ['mailto:ada@example.com', ['mailto:ada@example.com']],
    ['http://localhost:5000/x and http://b.example', ['http://localhost:5000/x', 'http://b.example/']],
    ['https://مثال.إختبار/مرحبا', ['https://xn--mgbh0fb.xn--kgbechtv/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7']],
  ])('%j', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });
});

describe('leaves the sentence out of the address', () => {
  test.each([
    ['(https://example.com).', 'https://example.com'],
    [
      'https://en.wikipedia.org/wiki/Bun_(disambiguation)',
      'https://en.wikipedia.org/wiki/Bun_(disambiguation)',
    ],
    ['"https://example.com/x", he said', 'https://example.com/x'],
    ['Really? https://example.com/?!', 'https://example.com/'],
  ])('%j', (text, address) => {
    expect(linkify(text).find(({ href }) => href)?.text).toBe(address);
  });
});

describe('never makes a link of', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'vbscript:x',
    'ftp://example.com',
    'http://',
    'mailto:',
    'www.',
    'a@b',
  ])('%j', (text) => {
    expect(links(text)).toEqual([]);
  });
});

test('the parts joined are the text, whatever it is', () => {
  for (const text of [
    '',
    '\n',
    'a https://x.y z',
    '<b>https://x.y</b>',
    'x'.repeat(9_999),
    'https://x.y '.repeat(800),
  ]) {
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  }
});

test('a link is what it says: a name before an @ never dresses up another address', () => {
  expect(links('https://good.example@evil.example')).toEqual([]);
  expect(links('https://bank.example:secret@evil.example/')).toEqual([]);
});

test('an address that must be a web page is nothing else', () => {
  expect(webAddress('https://example.com/pricing')).toBe('https://example.com/pricing');
  expect(webAddress('HTTP://EXAMPLE.COM')).toBe('http://example.com/');
  for (const other of ['javascript:alert(1)', 'ada@example.com', 'www.example.com', 'https://a@b.example']) {
    expect(webAddress(other)).toBeNull();
  }
});

describe('what is cut off the end', () => {
  /** The rule as one would say it, bracket by bracket. */
  function cutSlowly(address: string): string {
    const last = address.at(-1) ?? '';
    const opener = { ')': '(', ']': '[', '}': '{' }[last];
    const isOver = opener !== undefined && address.split(opener).length < address.split(last).length;
    return isOver || /[.,;:!?'*_~،؟。」]/u.test(last) ? cutSlowly(address.slice(0, -1)) : address;
  }

  /** Every text of up to so many of these characters. */
  function textsOf(characters: string, length: number): string[] {
    if (length === 0) return [''];
    const shorter = textsOf(characters, length - 1);
    const longest = shorter.filter((text) => text.length === length - 1);
    return [...shorter, ...longest.flatMap((text) => [...characters].map((next) => text + next))];
  }

  test('is the same for whatever brackets and marks an address ends in', () => {
    const addresses = textsOf('()[}.a', 5).map((end) => `https://example.com/{${end}`);
    expect(addresses).toHaveLength(9_331);
    expect(addresses.filter((address) => linkify(address)[0]?.text !== cutSlowly(address))).toEqual([]);
  });

  test('is looked at once, though a whole message of it is brackets', () => {
    const looked = vi.spyOn(String.prototype, 'split');
    onTestFinished(() => looked.mockRestore());
    const [link] = linkify(`http://a.b/${')'.repeat(9_980)}`);
    const times = looked.mock.calls.length;
    looked.mockRestore();
    expect(link?.text).toBe('http://a.b/');
    expect(times).toBeLessThan(10);
  });
});
