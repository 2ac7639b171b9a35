import type { Browser, Page } from '@playwright/test';
import { expect, expectAccessible, newPerson, picture, setUp, test } from './desk.ts';
import { ADMIN } from './run-server.ts';

const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  colorScheme: 'dark',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
} as const;

test('one’s sessions: seen, one ended after a question, then all others, by keyboard', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  const phone = await signIn(browser, server.url, PHONE);
  const tablet = await signIn(browser, server.url, {});
  const laptop = await signIn(browser, server.url, {});

  await page.getByRole('button', { name: /^Presence/ }).click();
  await page.getByRole('menuitem', { name: 'Password and sessions' }).click();
  const rows = page.getByRole('region', { name: 'Sessions' }).getByRole('listitem');
  await expect(rows).toHaveCount(4);
  await expect(rows.filter({ hasText: 'This session' })).toHaveCount(1);
  const onPhone = rows.filter({ hasText: 'Safari on iPhone' });
  await expect(onPhone).toContainText(/last active/);
  await picture(page, 'console-sessions');
  await expectAccessible(page);

  const dialog = page.getByRole('dialog');
  await onPhone.getByRole('button').click();
  await expect(dialog).toContainText('cannot be undone');
  await picture(page, 'console-sessions-question');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(onPhone.getByRole('button')).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Sign out' }).press('Enter');
  await expect(onPhone).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Sessions' })).toBeFocused();
  await expect(phone.getByRole('dialog')).toContainText('Your session has ended');
  await expect(tablet.getByRole('dialog')).toBeHidden();

  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(dialog).toContainText('The 2 other sessions are signed out');
  await dialog.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(rows).toHaveCount(1);
  await expect(page.getByText('You are signed in here and nowhere else.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out everywhere else' })).toBeHidden();
  for (const other of [tablet, laptop]) {
    await expect(other.getByRole('dialog')).toContainText('Your session has ended');
  }
});

test('one’s sessions on a phone in the dark; a list that does not come can be asked for again', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  const phone = await signIn(browser, server.url, PHONE);
  await phone.route('**/api/auth/sessions?*', (route) => route.abort());
  await phone.getByRole('link', { name: 'Account', exact: true }).click();
  await expect(phone.getByRole('button', { name: 'Retry' })).toBeVisible();
  await picture(phone, 'console-sessions-failed');
  await expectAccessible(phone);
  await phone.unroute('**/api/auth/sessions?*');
  await phone.getByRole('button', { name: 'Retry' }).click();
  await expect(phone.getByText('This session')).toBeVisible();
  await phone.getByRole('heading', { name: 'Sessions' }).scrollIntoViewIfNeeded();
  await picture(phone, 'console-sessions-phone');
  await expectAccessible(phone);
  const sideways = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
});

test('a new password is asked for with the old one, and ends the other sessions', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  const other = await signIn(browser, server.url, {});
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  const card = page.getByRole('region', { name: 'Password' });
  await card.getByLabel('Current password').fill('not-the-right-one');
  await card.getByLabel('New password').fill('a-brand-new-password');
  await card.getByRole('button', { name: 'Change password' }).click();
  await expect(card.getByText('The current password is not right.')).toBeVisible();
  await card.getByLabel('Current password').fill(ADMIN.password);
  await card.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('You are signed in here and nowhere else.')).toBeVisible();
  await expect(other.getByRole('dialog')).toContainText('Your session has ended');
});

async function signIn(
  browser: Browser,
  url: string,
  options: Parameters<typeof newPerson>[1],
): Promise<Page> {
  const page = await (await newPerson(browser, options)).newPage();
  await page.goto(`${url}/agent/login`);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  return page;
}
