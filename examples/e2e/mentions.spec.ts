import {
  ask,
  expect,
  expectAccessible,
  hire,
  newPerson,
  picture,
  setUp,
  test,
  visit,
  widgetOn,
} from './desk.ts';
import { ADMIN } from './run-server.ts';
import {
  BERT,
  PHONE,
  begin,
  chatLink,
  details,
  noteField,
  offered,
  toasts,
  note,
  choosePresence,
  nameBert,
  lookAround,
  expectNoSidewaysScroll,
} from './team.ts';

test('a colleague is named in a note and hears it once; who is not named any more does not', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  const bert = await hire(browser, page, server, BERT);
  await hire(browser, page, server, { name: 'נועה לוי', email: 'noa@example.com' });
  await hire(browser, page, server, {
    name: '🎻 Max Geiger',
    email: 'max@example.com',
    department: 'Sales',
  });
  const customer = await visit(browser, server);
  await customer.start({ name: 'Carla Rossi', message: 'Where is my parcel?' });
  await expect(chatLink(bert)).toBeVisible();
  await chatLink(page).click();

  await noteField(page).focus();
  await page.keyboard.type('Hello @');
  await expect(offered(page).getByRole('option')).toHaveCount(3);
  await expect(noteField(page)).toHaveAttribute('aria-activedescendant', /./);
  await lookAround(page, 'console-mention');
  await page.keyboard.press('ArrowUp');
  await expect(offered(page).getByRole('option', { selected: true })).toContainText('Max Geiger');
  await page.keyboard.press('Escape');
  await expect(offered(page)).toHaveCount(0);
  await expect(details(page)).toBeVisible();
  await page.keyboard.type('be');
  await expect(offered(page)).toHaveCount(0);

  // By keyboard, by mouse, and one that is taken back.
  await noteField(page).fill('');
  await page.keyboard.type('@be');
  await expect(offered(page).getByRole('option', { selected: true })).toContainText('Bert Braun');
  await page.keyboard.press('Enter');
  await expect(noteField(page)).toHaveValue('@Bert Braun ');
  await page.keyboard.type('please ask @נו');
  await offered(page).getByRole('option', { name: /נועה/ }).click();
  await expect(noteField(page)).toHaveValue('@Bert Braun please ask @נועה לוי ');
  await expect(noteField(page)).toBeFocused();
  await page.keyboard.type('and @max');
  await page.keyboard.press('Tab');
  await expect(noteField(page)).toHaveValue('@Bert Braun please ask @נועה לוי and @🎻 Max Geiger ');
  await expect(noteField(page)).toBeFocused();
  await noteField(page).fill('@Bert Braun please ask @נועה לוי, not Max, bert@example.com');
  await details(page).getByRole('button', { name: 'Add note' }).click();
  await expect(toasts(bert)).toContainText(`${ADMIN.name} mentioned you`);
  await picture(bert, 'console-mentioned');
  await expectAccessible(bert, '.toasts');
  await expect(note(page, 'not Max').locator('bdi')).toHaveText(['@Bert Braun', '@נועה לוי']);
  await expectAccessible(page);
  // The chat waits and names Bert: that is one that asks for him.
  await expect(chatLink(bert)).toContainText('Mentioned');
  await expect(bert).toHaveTitle(/^\(1\) /);
  await expectAccessible(bert);
  await nameBert(page, 'are you there?');
  await toasts(bert).getByRole('button', { name: 'Open' }).click();
  await expect(note(bert, 'not Max').locator('.note-mention--me')).toHaveText('@Bert Braun');
  await expect(note(bert, 'not Max')).toBeInViewport();
  await expect(toasts(bert).getByText('mentioned you')).toHaveCount(0);
  await expect(chatLink(bert)).not.toContainText('Mentioned');
  await lookAround(bert, 'console-mention-note');
  await expect(customer.panel).not.toContainText('not Max');

  // In the chat already it says so once more, but marks nothing.
  await nameBert(page, 'good');
  await expect(toasts(bert)).toContainText('@Bert Braun good');
  await expect(chatLink(bert)).not.toContainText('Mentioned');
  await toasts(bert).getByRole('button', { name: 'Dismiss' }).click();

  // A name that is gone before the note is added tells nobody.
  await noteField(page).focus();
  await page.keyboard.type('@bert');
  await page.keyboard.press('Enter');
  await noteField(page).fill('Never mind');
  await details(page).getByRole('button', { name: 'Add note' }).click();
  await expect(note(bert, 'Never mind')).toBeVisible();
  await expect(toasts(bert).getByText('mentioned you')).toHaveCount(0);
  const chatId = /chats\/(\w+)/.exec(page.url())?.[1] ?? '';
  const { data } = await ask(page, 'GET', `/api/chats/${chatId}/notes`, {});
  expect((data as { mentions: string[] }[]).map(({ mentions }) => mentions.length)).toEqual([0, 1, 1, 2]);
});

test('a colleague who is away or has gone home can be named too: who is online comes first, and each state is said', async ({
  browser,
  page,
  server,
}) => {
  const { bert } = await begin(browser, page, server, 'Where is my parcel?');
  // They never came, which is as good as having gone home.
  for (const name of ['Ada Lange', 'سارة علي']) {
    const email = `${name === 'Ada Lange' ? 'ada' : 'sara'}@example.com`;
    await ask(page, 'POST', '/api/users', { name, email, role: 'agent', password: 'another-good-password' });
  }
  await choosePresence(bert, 'Away');
  await hire(browser, page, server, { name: 'Otto Online', email: 'otto@example.com' }).then((otto) =>
    choosePresence(otto, 'Online'),
  );
  await page.reload();
  await noteField(page).focus();
  await page.keyboard.type('@');
  await expect(offered(page).getByRole('option')).toHaveText([
    /Otto Online.*Online/,
    /Bert Braun.*Away/,
    /Ada Lange.*Offline/,
    /سارة علي.*Offline/,
  ]);
  await lookAround(page, 'console-mention-away');
  // Presence is told while the list is open.
  await choosePresence(bert, 'Busy');
  await expect(offered(page).getByRole('option', { name: /Bert Braun/ })).toContainText('Busy');
  await page.keyboard.type('ada');
  await page.keyboard.press('Enter');
  await page.keyboard.type('please look');
  await details(page).getByRole('button', { name: 'Add note' }).click();
  await expect(note(page, 'please look').locator('bdi')).toHaveText('@Ada Lange');
});

test('whoever may not see the chat is not offered, or refused with the reason; on a phone a mention opens the notes', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  const bert = await hire(browser, page, server, { ...BERT, department: 'Technical' }, { viewport: PHONE });
  await hire(browser, page, server, { name: 'Sven Sale', email: 'sven@example.com', department: 'Sales' });
  await hire(browser, page, server, {
    name: 'Tim Turner',
    email: 'tim@example.com',
    department: 'Technical',
  });
  const customer = widgetOn(await (await newPerson(browser)).newPage());
  await customer.page.goto(`${server.url}/examples/plain-html/`);
  await customer.page.evaluate(
    "document.querySelector('wzatco-chat')?.setAttribute('department', 'Technical')",
  );
  await customer.open();
  await customer.start({ name: 'Carla Rossi', message: 'My grinder is broken' });
  await expect(chatLink(bert)).toContainText('Technical');
  await chatLink(page).click();
  await noteField(page).focus();
  await page.keyboard.type('@');
  await expect(offered(page).getByRole('option')).toHaveText([/Bert Braun/, /Tim Turner/]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('look');
  // While the note is written, he moves to where the chat is not.
  const people = (await ask(page, 'GET', '/api/users?q=tim@example.com', {}))['data'] as { id: string }[];
  await ask(page, 'PATCH', `/api/users/${people[0]?.id}`, { department: 'Sales' });
  await details(page).getByRole('button', { name: 'Add note' }).click();
  await expect(details(page).getByRole('alert')).toContainText('may not see this chat');
  await expect(noteField(page)).toHaveValue('@Tim Turner look');
  await expectAccessible(page);
  await nameBert(page, 'look');
  await expect(toasts(bert)).toContainText('mentioned you');
  await picture(bert, 'console-mentioned-phone');
  await toasts(bert).getByRole('button', { name: 'Open' }).click();
  await expect(note(bert, 'look')).toBeInViewport();
  await noteField(bert).focus();
  await bert.keyboard.type('@');
  await expect(offered(bert)).toBeInViewport({ ratio: 1 });
  await lookAround(bert, 'console-mention-phone');
  await expectNoSidewaysScroll(bert);
});

test('a note of many emoji is written; what is too long stays, and is said to be', async ({
  browser,
  page,
  server,
}) => {
  await begin(browser, page, server, 'Where is my parcel?');
  const add = details(page).getByRole('button', { name: 'Add note' });
  await noteField(page).fill('🎻'.repeat(10_001));
  await expect(details(page).getByText('1 character too many: at most 10,000.')).toBeVisible();
  await expect(noteField(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(add).toBeDisabled();
  await lookAround(page, 'console-note-too-long', '.details');
  await noteField(page).fill('🎻'.repeat(9_000));
  await add.click();
  await expect(noteField(page)).toHaveValue('');
  await expect(note(page, '🎻')).toHaveText(/(🎻){9000}/u);
});
