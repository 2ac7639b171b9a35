import { defineConfig } from '@playwright/test';
import { findChrome } from './find-chrome.ts';

const executablePath = findChrome();
if (!executablePath) {
  throw new Error('The browser tests need an installed Chrome or Chromium: install one, or set CHROME_PATH.');
}

/** The browser tests: real pages, a real server, an installed browser. */
export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  // Each test has a server of its own; two cores do not make more of them faster.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [
    ['list'],
    ['html', { outputFolder: 'report', open: 'never' }],
    ['json', { outputFile: 'results/counts.json' }],
  ],
  use: {
    // Filming every page takes a core of two: tests took twice as long, and some too long.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath,
      // Without a locale of UTF-8 a browser cannot name a download as its file is named.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
