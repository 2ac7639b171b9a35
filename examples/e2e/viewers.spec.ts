import { expect, expectAccessible, hire, picture, test } from './desk.ts';
import { PHONE, begin, chatLink, viewers, lookAround, expectNoSidewaysScroll } from './team.ts';

test('who else has a chat open is seen by its agents, never by the customer', async ({
  browser,
  page,
  server,
}) => {
  const { bert, customer } = await begin(browser, page, server, 'Where is my parcel?');
  await expect(page.getByRole('log').getByText('Where is my parcel?')).toBeVisible();
  await expect(viewers(page)).toHaveCount(0);

  await chatLink(bert).click();
  await expect(viewers(page).getByRole('listitem')).toHaveText(['BBBert Braun']);
  await expect(viewers(bert).getByRole('listitem')).toHaveText(['AKAnna Keller']);
  await expect(viewers(page).getByTitle(/Bert Braun/)).toBeVisible();
  await page.getByRole('button', { name: 'Claim' }).click();
  await expect(page.getByRole('button', { name: 'Close chat' })).toBeVisible();
  await picture(page, 'console-viewer');
  await expectAccessible(page);

  const others = ['نورة الحربي', '🎻 Max Geiger', 'Dora-Maximiliane von Hohenzollern', 'Emil Ek'];
  const pages = await Promise.all(
    others.map((name, index) => hire(browser, page, server, { name, email: `agent${index}@example.com` })),
  );
  for (const other of pages) {
    await chatLink(other).click();
    await expect(viewers(other)).toBeVisible();
  }
  await expect(viewers(page).getByRole('listitem')).toHaveCount(4);
  await expect(viewers(page).getByRole('listitem').last()).toContainText('+2');
  await expect(viewers(page)).toContainText('Emil Ek');
  await lookAround(page, 'console-viewers', '.chat-header');
  await page.setViewportSize(PHONE);
  await page.getByRole('button', { name: 'Close details' }).click();
  await expect(viewers(page)).toBeVisible();
  await lookAround(page, 'console-viewers-phone', '.chat-header');
  await expectNoSidewaysScroll(page);

  await expect(customer.panel).not.toContainText('Bert Braun');
  await Promise.all([bert, ...pages].map((other) => other.goto(`${server.url}/agent/account`)));
  await expect(viewers(page)).toHaveCount(0);
});
