import type { Page } from '@playwright/test';
import {
  changeSite,
  expect,
  expectAccessible,
  newPerson,
  picture,
  setUp,
  test,
  visit,
  widgetOn,
} from './desk.ts';
import type { ServerProcess } from './run-server.ts';

/** A minute in three days. */
function hoursInThreeDays() {
  const day = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000)
    .toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
    .toLowerCase();
  return { timeZone: 'UTC', weekly: [{ day, open: '03:00', close: '03:01' }] };
}

const preChatForm = { name: 'required', email: 'hidden', department: 'hidden' };

/** A site that is closed, and whose form does not ask for an address. */
async function setUpClosed(page: Page, server: ServerProcess): Promise<void> {
  await setUp(page, server);
  await changeSite(page, { preChatForm, businessHours: hoursInThreeDays() });
}

test('while it is closed the form says so and takes an address with the message, though the site hides that field', async ({
  browser,
  page,
  server,
}) => {
  await setUpClosed(page, server);

  const customer = await visit(browser, server);
  await expect(customer.panel.getByText(/^We are closed until \w+day.* Leave a message/)).toBeVisible();
  await expectAccessible(customer.page, 'wzatco-chat');
  await picture(customer.page, 'widget-closed');
  await customer.panel.getByLabel('Name').fill('Carla Rossi');
  await customer.panel.getByLabel('How can we help?').fill('When do you open?');
  await customer.panel.getByRole('button', { name: 'Leave a message' }).click();
  await expect(customer.panel.getByText('Please enter your e-mail address.')).toBeVisible();
  await customer.panel.getByLabel('E-mail').fill('carla@example.com');
  await customer.panel.getByRole('button', { name: 'Leave a message' }).click();
  await expect(customer.message('When do you open?')).toBeVisible();
  await expect(customer.panel.getByText('Your message is kept')).toBeVisible();
  await expect(customer.panel.getByText('Your message has reached us.')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Carla Rossi/ })).toBeVisible();
});

test('a site that closes while the form is open asks for the address it needs, and keeps what was written', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  await changeSite(page, { preChatForm });
  const customer = await visit(browser, server);
  await expect(customer.panel.getByLabel('E-mail')).toBeHidden();
  await changeSite(page, { businessHours: hoursInThreeDays() });
  await customer.start({ name: 'Carla Rossi', message: 'Are you still there?' });
  await expect(customer.panel.getByText(/^We are closed until/)).toBeVisible();
  await expect(customer.panel.getByLabel('E-mail')).toBeFocused();
  await expect(customer.panel.getByRole('alert')).toBeHidden();
  await expect(customer.panel.getByLabel('Name')).toHaveValue('Carla Rossi');
  await customer.panel.getByLabel('E-mail').fill('carla@example.com');
  await customer.panel.getByRole('button', { name: 'Leave a message' }).click();
  await expect(customer.message('Are you still there?')).toBeVisible();
});

test('what a page says for its customer while it is closed waits in the form for their address', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  const preChatForm = { name: 'optional', email: 'optional', department: 'hidden' };
  await changeSite(page, { preChatForm, businessHours: hoursInThreeDays() });
  const visitor = await (await newPerson(browser)).newPage();
  const customer = widgetOn(visitor);
  await visitor.goto(`${server.url}/examples/plain-html/`);
  // Heard whether the script is there already or not.
  await visitor.evaluate(
    "(window.Wzatco = window.Wzatco || []).push(['sendMessage', 'I ask about the Sidama.'])",
  );
  await expect(customer.panel.getByLabel('How can we help?')).toHaveValue('I ask about the Sidama.');
  await customer.panel.getByLabel('E-mail').fill('carla@example.com');
  await customer.panel.getByRole('button', { name: 'Leave a message' }).click();
  await expect(customer.message('I ask about the Sidama.')).toBeVisible();
});

test('what was written without a network and comes when it is closed is asked its address, and goes out in order', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  await changeSite(page, { preChatForm });
  const person = await newPerson(browser);
  const visitor = await person.newPage();
  const customer = widgetOn(visitor);
  await visitor.goto(`${server.url}/examples/plain-html/`);
  await customer.open();
  await expect(customer.panel.getByLabel('Name')).toBeVisible();
  await person.setOffline(true);
  await customer.start({ name: 'Carla Rossi', message: 'My order is late.' });
  await customer.send('It is number 7.');
  await customer.send('Are you there?');
  await customer.panel.getByRole('textbox', { name: 'Message' }).fill('half a wo');
  await changeSite(page, { businessHours: hoursInThreeDays() });
  await person.setOffline(false);
  await expect(customer.panel.getByText(/^We are closed until/)).toBeVisible();
  // A page that is loaded again still asks.
  await visitor.reload();
  await customer.open();
  await expect(customer.panel.getByLabel('Name')).toHaveValue('Carla Rossi');
  await expect(customer.panel.getByLabel('How can we help?')).toHaveValue('My order is late.');
  await customer.panel.getByLabel('How can we help?').fill('My order is very late.');
  await customer.panel.getByLabel('E-mail').fill('carla@example.com');
  await customer.panel.getByRole('button', { name: 'Leave a message' }).click();
  await expect(customer.panel.getByText('Your message has reached us.')).toBeVisible();
  const said = customer.panel.getByRole('log').getByRole('article', { name: /^You/ });
  await expect(said).toHaveText([/My order is very late\./, /It is number 7\./, /Are you there\?.*Sent/]);
  await expect(customer.panel.getByRole('textbox', { name: 'Message' })).toHaveValue('half a wo');

  // Their address is known from then on.
  await customer.panel.getByRole('button', { name: 'End chat' }).click();
  await customer.panel.getByRole('button', { name: 'Yes, end it' }).click();
  await customer.panel.getByRole('button', { name: 'Start a new chat' }).click();
  await expect(customer.panel.getByText(/^We are closed until/)).toBeVisible();
  await expect(customer.panel.getByLabel('E-mail')).toBeHidden();
});

test('a page that lies open hears that somebody is there again, and asks for no address then', async ({
  browser,
  page,
  server,
}) => {
  await setUpClosed(page, server);
  const customer = await visit(browser, server);
  const visitor = customer.page;
  const closed = customer.panel.getByText(/^We are closed until/);
  const comeBack = () => visitor.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(closed).toBeVisible();
  await changeSite(page, { businessHours: null });
  await comeBack();
  await expect(closed).toBeHidden();
  await changeSite(page, { businessHours: hoursInThreeDays() });
  await visitor.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(closed).toBeVisible();
  await changeSite(page, { businessHours: null });
  await customer.panel.getByLabel('Name').fill('Carla Rossi');
  await customer.panel.getByLabel('How can we help?').fill('Are you there now?');
  await customer.panel.getByRole('button', { name: 'Leave a message' }).click();
  await expect(customer.message('Are you there now?')).toBeVisible();
});
