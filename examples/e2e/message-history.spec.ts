import { answer, ask, expect, expectAccessible, picture, test } from './desk.ts';
import { PHONE, begin, chatLink, lookAround, expectNoSidewaysScroll } from './team.ts';

test('what a message said before is there for the team: newest first, and when it cannot be had', async ({
  browser,
  page,
  server,
}) => {
  const { bert, customer } = await begin(browser, page, server, 'Where is my parcel?');
  await page.getByRole('button', { name: 'Claim' }).click();
  await answer(page, 'It comes on Monday');
  await expect(customer.message('It comes on Monday')).toBeVisible();
  const actions = page.getByRole('log').getByRole('button', { name: 'Message actions' });
  for (const text of ['It comes on Tuesday', 'سيصل يوم الأربعاء']) {
    await actions.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByLabel('Message').fill(text);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(customer.message(text)).toBeVisible();
  }

  await chatLink(bert).click();
  const menu = bert.getByRole('log').getByRole('button', { name: 'Message actions' });
  const dialog = bert.getByRole('dialog', { name: 'Earlier versions' });
  const versions = dialog.getByRole('listitem');
  const open = async () => {
    await menu.focus();
    await bert.keyboard.press('Enter');
    await bert.getByRole('menuitem', { name: 'Earlier versions' }).click();
  };
  await menu.focus();
  await bert.keyboard.press('Enter');
  await expect(bert.getByRole('menuitem')).toHaveText(['Earlier versions']);
  await picture(bert, 'console-history-menu');
  await expectAccessible(bert);
  await bert.keyboard.press('Escape');

  // What is slow, fails, and has nothing.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await bert.route('**/history*', async (route) => {
    await held;
    await route.abort();
  });
  await open();
  await expect(dialog.getByText('Loading earlier versions')).toBeAttached();
  await expectAccessible(bert);
  letGo();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await picture(bert, 'console-history-failed');
  await expectAccessible(bert);
  await bert.unroute('**/history*');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(versions).toHaveText([/It comes on Tuesday/, /It comes on Monday/]);
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await lookAround(bert, 'console-history');

  // Deleted while it is read: the last words come too.
  await actions.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(versions).toHaveCount(3);
  await expect(versions.first()).toContainText('سيصل يوم الأربعاء');
  await bert.setViewportSize(PHONE);
  await lookAround(bert, 'console-history-phone');
  await expectNoSidewaysScroll(bert);
  await bert.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(menu).toBeFocused();
  await bert.route('**/history*', (route) =>
    route.fulfill({ json: { success: true, data: [], page: { nextCursor: null } } }),
  );
  await open();
  await expect(dialog.getByText('Nothing of it has been kept.')).toBeVisible();
  await expectAccessible(bert);
  await expect(customer.panel).not.toContainText('It comes on Monday');
});

test('of a message that was edited often the older versions come when they are asked for', async ({
  browser,
  page,
  server,
}) => {
  const { customer } = await begin(browser, page, server, 'Where is my parcel?');
  await page.getByRole('button', { name: 'Claim' }).click();
  await answer(page, 'version 0');
  await expect(customer.message('version 0')).toBeVisible();
  const chatId = /chats\/(\w+)/.exec(page.url())?.[1] ?? '';
  const { data } = await ask(page, 'GET', `/api/chats/${chatId}/messages`, {});
  const last = (data as { messages: { id: string }[] }).messages.at(-1)?.id ?? '';
  for (let number = 1; number <= 30; number += 1) {
    await ask(page, 'PATCH', `/api/chats/${chatId}/messages/${last}`, { message: `version ${number}` });
  }
  await expect(customer.message('version 30')).toBeVisible();
  await page.getByRole('log').getByRole('button', { name: 'Message actions' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Earlier versions' }).click();
  const dialog = page.getByRole('dialog', { name: 'Earlier versions' });
  const versions = dialog.getByRole('listitem');
  await expect(versions).toHaveCount(25);
  await expect(versions.first()).toContainText('version 29');
  await dialog.getByRole('button', { name: 'Older versions' }).scrollIntoViewIfNeeded();
  await picture(page, 'console-history-older');
  await dialog.getByRole('button', { name: 'Older versions' }).click();
  await expect(versions).toHaveCount(30);
  await expect(versions.last()).toContainText('version 0');
  await expect(dialog.getByRole('button', { name: 'Older versions' })).toHaveCount(0);
});
