import type { Browser, Page } from '@playwright/test';
import {
  answer,
  ask,
  changeSite,
  expect,
  expectAccessible,
  newPerson,
  picture,
  setUp,
  test,
  widgetOn,
} from './desk.ts';
import { ADMIN, type ServerProcess } from './run-server.ts';

async function goOnline(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Presence/ }).click();
  await page.getByRole('menuitemradio', { name: /^Online/ }).click();
  await expect(page.getByRole('button', { name: /^Presence.*Online/i })).toBeVisible();
}

async function colleague(browser: Browser, page: Page, server: ServerProcess): Promise<Page> {
  const password = 'another-good-password';
  await ask(page, 'POST', '/api/users', {
    email: 'bert@example.com',
    name: 'Bert Braun',
    role: 'agent',
    password,
  });
  const bert = await (await newPerson(browser)).newPage();
  await bert.goto(`${server.url}/agent`);
  await bert.getByLabel('E-mail').fill('bert@example.com');
  await bert.getByLabel('Password', { exact: true }).fill(password);
  await bert.getByRole('button', { name: 'Sign in' }).click();
  await expect(bert.getByRole('button', { name: /^Presence/ })).toBeVisible();
  return bert;
}

test('a chat is offered to one, declined, offered to the other, accepted, and handed back with a note', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  await changeSite(page, { routingPolicy: 'round_robin', offerSeconds: 60 });
  await goOnline(page);
  const bert = await colleague(browser, page, server);

  const visitor = await (await newPerson(browser)).newPage();
  const customer = widgetOn(visitor);
  await visitor.goto(`${server.url}/examples/plain-html/`);
  await customer.open();
  await customer.start({ name: 'Carla Rossi', message: 'My parcel has not come. Where is it?' });
  const offered = (agent: Page) => agent.getByRole('article', { name: 'Carla Rossi is offered to you' });
  await expect(offered(page)).toContainText('Where is it?');
  await expect(offered(page)).toContainText(/\d+ s/);
  await picture(page, 'console-offer');
  await expectAccessible(page, '.offers');

  await goOnline(bert);
  await offered(page).getByRole('button', { name: 'Decline' }).click();
  await expect(offered(page)).toBeHidden();
  await expect(offered(bert)).toBeVisible();
  await bert.setViewportSize({ width: 390, height: 780 });
  await picture(bert, 'console-offer-phone');
  await bert.setViewportSize({ width: 1280, height: 800 });
  await bert.keyboard.press('a');
  await expect(bert.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await answer(bert, 'Let me look');
  await expect(customer.message('Let me look')).toBeVisible();

  await bert.getByRole('button', { name: 'Hand over' }).click();
  const dialog = bert.getByRole('dialog', { name: 'Hand Carla Rossi over' });
  await dialog.getByLabel('To').selectOption({ label: `${ADMIN.name} · online` });
  await dialog.getByLabel('Note').fill('She has waited for a week');
  await picture(bert, 'console-hand-over');
  await expectAccessible(bert, 'dialog');
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await expect(dialog).toBeHidden();
  await expect(
    bert.getByRole('region', { name: 'Notifications' }).getByText('Carla Rossi is handed over'),
  ).toBeVisible();
  await expect(customer.panel.getByText(/has handed this chat over to/)).toBeVisible();
  await page.getByRole('link', { name: /^Carla Rossi/ }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByText('She has waited for a week')).toBeVisible();
  await details.getByLabel('New note').fill('Sent again today, tracking 0815');
  await details.getByRole('button', { name: 'Add note' }).click();
  await expect(details.getByRole('listitem').filter({ hasText: 'tracking 0815' })).toBeVisible();
  await details.getByLabel('Priority').selectOption('urgent');
  await details.getByLabel('Tags').fill('Parcel');
  await details.getByLabel('Tags').press('Enter');
  await expect(details.getByRole('button', { name: 'Remove the tag parcel' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Carla Rossi/ })).toContainText('Urgent');
  await picture(page, 'console-notes');
  await expectAccessible(page);
  await answer(page, 'I have it now');
  await expect(customer.message('I have it now')).toBeVisible();
  const log = page.getByRole('log');
  const actions = log.getByRole('button', { name: 'Message actions' });
  await actions.focus();
  await page.keyboard.press('Enter');
  await picture(page, 'console-message-menu');
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('dialog').getByLabel('Message').fill('I have it here now');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(customer.message('I have it here now')).toContainText(/edited/i);
  await expect(page.getByRole('dialog')).toBeHidden();
  await log.getByText('I have it here now').hover();
  await actions.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(log.getByText('This message was deleted')).toBeVisible();
  await expect(customer.message('I have it here now')).toHaveCount(0);

  const second = widgetOn(await (await newPerson(browser)).newPage());
  await second.page.goto(`${server.url}/examples/plain-html/`);
  await second.open();
  await second.start({ name: 'Dora Weiß', message: 'And mine?' });
  await expect(page.getByRole('article', { name: 'Dora Weiß is offered to you' })).toBeVisible();
  await picture(page, 'console-offer-beside-chat');
  await answer(page, 'It comes tomorrow');
  await expect(customer.message('It comes tomorrow')).toBeVisible();
});
