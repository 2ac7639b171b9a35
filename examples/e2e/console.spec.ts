import { answer, expect, expectAccessible, newPerson, picture, setUp, test, widgetOn } from './desk.ts';
import { ADMIN } from './run-server.ts';

test('signing in: a wrong password is explained, a reload stays signed in, signing out ends it', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  const other = await (await newPerson(browser)).newPage();
  await other.goto(`${server.url}/agent`);
  await expectAccessible(other);
  await other.getByLabel('E-mail').fill(ADMIN.email);
  await other.getByLabel('Password', { exact: true }).fill('wrong-password');
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.getByText('E-mail or password is not right.')).toBeVisible();
  await other.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await other.getByLabel('Password', { exact: true }).press('Enter');
  await expect(other.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await other.reload();
  await expect(other.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  const stored = await other.evaluate(
    () => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie,
  );
  expect(stored).not.toMatch(/eyJ|wzatco_session/);
  await other.getByRole('button', { name: /^Presence/ }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await other.reload();
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible();
  // The link is used up: it says so, and leads to the sign-in.
  await page.goto(server.setupLink);
  await expect(page.getByRole('link', { name: /sign in|log in|inbox/i }).first()).toBeVisible();
});

test('a session that ends asks for the password in place and keeps the draft', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  const visitor = await (await newPerson(browser)).newPage();
  const customer = widgetOn(visitor);
  await visitor.goto(`${server.url}/examples/plain-html/`);
  await customer.open();
  await customer.start({ name: 'Carla Rossi', message: 'Hello' });
  await page.getByRole('link', { name: /^Carla Rossi/ }).click();
  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('A long draft');

  // Another device of the same person ends all other sessions.
  const phone = await (await newPerson(browser)).newPage();
  await phone.goto(`${server.url}/agent/login`);
  await phone.getByLabel('E-mail').fill(ADMIN.email);
  await phone.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await phone.getByRole('link', { name: 'Account' }).click();
  await phone.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await phone
    .getByRole('dialog')
    .getByRole('button', { name: /^Sign out/ })
    .click();

  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await picture(page, 'console-expired');
  await expectAccessible(page);
  await dialog.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('A long draft');
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(customer.message('A long draft')).toBeVisible();
});

test('by keyboard alone: open, claim, answer, back', async ({ browser, page, server }) => {
  await setUp(page, server);
  const visitor = await (await newPerson(browser)).newPage();
  const customer = widgetOn(visitor);
  await visitor.goto(`${server.url}/examples/plain-html/`);
  await customer.open();
  await customer.start({ name: 'Carla Rossi', message: 'Hello' });
  await expect(page.getByRole('link', { name: /^Carla Rossi/ })).toBeVisible();
  await page.locator('body').press('j');
  await page.evaluate(pressOnceThereIs, { button: 'Claim', key: 'c' });
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/agent\/chats\/[0-9a-f]{24}/);
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await page.keyboard.type('Hello Carla');
  await page.keyboard.press('Enter');
  await expect(customer.message('Hello Carla')).toBeVisible();
});

test('a second agent is invited, takes a chat, and the first sees who has it', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  await page.getByRole('link', { name: 'Team' }).click();
  await page
    .getByRole('button', { name: /invite/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Bert Braun');
  await dialog.getByLabel('E-mail').fill('bert@example.com');
  await dialog
    .getByRole('button', { name: /invite|create|add/i })
    .last()
    .click();
  const link = await page.getByLabel('Invitation link').inputValue();
  await picture(page, 'console-team');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();

  const bert = await (await newPerson(browser)).newPage();
  await bert.goto(link);
  await bert.getByLabel('Password', { exact: true }).fill('another-good-password');
  await bert
    .getByRole('button', { name: /password|continue|sign in|join/i })
    .last()
    .click();
  await expect(bert.getByRole('heading', { name: 'Inbox' })).toBeVisible();

  const visitor = await (await newPerson(browser)).newPage();
  const customer = widgetOn(visitor);
  await visitor.goto(`${server.url}/examples/plain-html/`);
  await customer.open();
  await customer.start({ name: 'Carla Rossi', message: 'Hello' });
  await page.getByRole('link', { name: 'Inbox', exact: true }).click();
  for (const agent of [page, bert]) await agent.getByRole('link', { name: /^Carla Rossi/ }).click();
  await bert.getByRole('button', { name: 'Claim' }).click();
  await answer(bert, 'Hi, Bert here');
  await expect(customer.message('Hi, Bert here')).toBeVisible();
  await expect(page.getByRole('log').getByText('Hi, Bert here')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Claim' })).toBeHidden();
  await expect(page.getByText(/Bert Braun/).first()).toBeVisible();
});

/** Presses a key in the page as soon as a button is in it, before anything is painted: faster than any hand. */
function pressOnceThereIs({ button, key }: { button: string; key: string }): void {
  const observer = new MutationObserver(() => {
    const isThere = [...document.querySelectorAll('button')].some(
      ({ textContent }) => textContent === button,
    );
    if (!isThere) return;
    observer.disconnect();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
