import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The installed Chrome or Chromium: `CHROME_PATH`, or where it usually is; null when there is none. */
export function findChrome(): string | null {
  const named = process.env['CHROME_PATH'];
  return [...(named ? [named] : []), ...PLACES].find((path) => existsSync(path)) ?? null;
}
