import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './workspace.ts';

const KILOBYTE = 1024;
const DIST = join(ROOT, 'sdk', 'dist');

/** What a page loads of the widget, compressed, in bytes: at once, for the button, and when the chat is opened. */
const BUDGETS: [part: RegExp, most: number][] = [
  [/^wzatco-chat\.js$/, 1.5 * KILOBYTE],
  [/^wzatco-chat\/element-.*\.js$/, 17 * KILOBYTE],
  [/^wzatco-chat\/panel-.*\.js$/, 40 * KILOBYTE],
];

/** `bun run build` makes them. */
const files = (readdirSync(DIST, { recursive: true }) as string[]).filter((file) => file.endsWith('.js'));

test.each(BUDGETS)('%s stays within %i bytes', (part, most) => {
  const found = files.filter((file) => part.test(file));
  expect(found).toHaveLength(1);
  const size = found.reduce((sum, file) => sum + readFileSync(join(DIST, `${file}.gz`)).length, 0);
  expect(size).toBeGreaterThan(0);
  expect(size).toBeLessThanOrEqual(most);
});
