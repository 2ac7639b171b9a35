import { expect, test } from 'vitest';
import { readScriptSettings } from './script-settings.ts';

function scriptWith(attributes: Record<string, string>): Pick<Element, 'getAttribute'> {
  return { getAttribute: (name) => attributes[name] ?? null };
}

test('takes the settings that the tag names, an empty one too', () => {
  const script = scriptWith({ 'data-site': 'shop', 'data-hide-launcher': '', src: '/wzatco-chat.js' });
  expect(readScriptSettings(script)).toEqual([
    ['site', 'shop'],
    ['hide-launcher', ''],
  ]);
});

test('leaves what is no setting alone', () => {
  expect(readScriptSettings(scriptWith({ 'data-onclick': 'x', site: 'shop' }))).toEqual([]);
});
