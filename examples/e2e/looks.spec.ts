import { answer, expect, expectAccessible, newPerson, picture, setUp, test, widgetOn } from './desk.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('on a phone and in the dark, on both sides, without a sideways scroll', async ({ browser, server }) => {
  const agent = await (await newPerson(browser, { ...PHONE, colorScheme: 'dark' })).newPage();
  await setUp(agent, server);
  const page = await (await newPerson(browser, { ...PHONE, colorScheme: 'dark' })).newPage();
  const customer = widgetOn(page);
  await page.goto(`${server.url}/examples/plain-html/`);
  await customer.open();
  await picture(page, 'widget-phone-form');
  await expectAccessible(page, 'wzatco-chat');
  await customer.start({
    name: 'Maximiliane-Theresia von Hohenzollern-Sigmaringen zu Altdorf 🎻',
    message: `${'verylongwordwithoutaspace'.repeat(6)} مرحبا، كيف حالك؟ https://example.com/a/very/long/address?with=many&parts=1`,
  });
  await expect(customer.message('verylongword')).toBeVisible();
  await picture(agent, 'console-phone-list');
  await expectAccessible(agent);
  await agent.getByRole('link', { name: /^Maximiliane/ }).click();
  await agent.getByRole('button', { name: 'Claim' }).click();
  await answer(agent, 'Hello 👋');
  await expect(customer.message('Hello 👋')).toBeVisible();
  await picture(page, 'widget-phone');
  await picture(agent, 'console-phone');
  await expectAccessible(page, 'wzatco-chat');
  await expectAccessible(agent);
  for (const screen of [page, agent]) {
    const sideways = await screen.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
  }
});

test('right to left in Arabic', async ({ page, server }) => {
  await page.goto(`${server.url}/examples/plain-html/`);
  await page.locator('wzatco-chat').evaluate((chat) => chat.setAttribute('locale', 'ar'));
  await page.locator('wzatco-chat').getByRole('button').first().click();
  const panel = page.locator('wzatco-chat').getByRole('dialog');
  await expect(panel).toBeVisible();
  expect(await panel.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  await picture(page, 'widget-arabic');
  await expectAccessible(page, 'wzatco-chat');
});
