import type { Browser, Locator, Page } from '@playwright/test';
import {
  answer,
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
import { ADMIN, type ServerProcess } from './run-server.ts';

const BERT = { name: 'Bert Braun', email: 'bert@example.com' };
const PHONE = { width: 390, height: 780 };

/** An agent has opened the customer's chat; a colleague of theirs is there too. */
async function begin(browser: Browser, page: Page, server: ServerProcess, message: string) {
  await setUp(page, server);
  const bert = await hire(browser, page, server, BERT);
  const customer = await visit(browser, server);
  await customer.start({ name: 'Carla Rossi', message });
  await chatLink(page).click();
  return { bert, customer };
}

const chatLink = (agent: Page) => agent.getByRole('link', { name: /^Carla Rossi/ });
const viewers = (agent: Page) => agent.getByRole('list', { name: 'Also looking at this chat' });
const details = (agent: Page) => agent.getByRole('complementary', { name: 'Details' });
const noteField = (agent: Page) => details(agent).getByLabel('New note');
const offered = (agent: Page) => agent.getByRole('listbox', { name: 'Colleagues' });
const toasts = (agent: Page) => agent.getByRole('region', { name: 'Notifications' });
const note = (agent: Page, text: string | RegExp): Locator =>
  details(agent).getByRole('region', { name: 'Notes' }).getByRole('listitem').filter({ hasText: text });

const bell = (agent: Page) => agent.getByRole('button', { name: /^Mentions/ });
const panel = (agent: Page) => agent.getByRole('dialog', { name: 'Mentions' });

async function choosePresence(agent: Page, name: string): Promise<void> {
  await agent.getByRole('button', { name: /^Presence/ }).click();
  await agent.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click();
  await expect(agent.getByRole('button', { name: `Presence: ${name}` })).toBeVisible();
}

async function nameBert(agent: Page, words: string): Promise<void> {
  await noteField(agent).fill('');
  await agent.keyboard.type('@b');
  await expect(offered(agent)).toBeVisible();
  await agent.keyboard.press('Enter');
  await agent.keyboard.type(words);
  await details(agent).getByRole('button', { name: 'Add note' }).click();
}

/** The dark, a phone's width and the other direction, each looked at and checked. */
async function lookAround(agent: Page, name: string, part?: string): Promise<void> {
  const looks: [string, () => Promise<void>, () => Promise<void>][] = [
    [
      'dark',
      () => agent.emulateMedia({ colorScheme: 'dark' }),
      () => agent.emulateMedia({ colorScheme: null }),
    ],
    ['rtl', () => direct(agent, 'rtl'), () => direct(agent, 'ltr')],
  ];
  await picture(agent, name);
  await expectAccessible(agent, part);
  for (const [look, begin, end] of looks) {
    await begin();
    await picture(agent, `${name}-${look}`);
    await expectAccessible(agent, part);
    await end();
  }
}

function direct(agent: Page, direction: string): Promise<void> {
  return agent.evaluate((dir) => document.documentElement.setAttribute('dir', dir), direction);
}

async function expectNoSidewaysScroll(agent: Page): Promise<void> {
  const sideways = await agent.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
}

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

test('a mention waits for who was not there: the bell counts it, the list opens the notes and it is read', async ({
  browser,
  page,
  server,
}) => {
  const { bert } = await begin(browser, page, server, 'Where is my parcel?');
  await bert.goto('about:blank');
  for (const words of ['where is it? '.repeat(30), 'please look']) {
    await nameBert(page, words);
    await expect(note(page, words.trim())).toBeVisible();
  }
  await bert.goto(`${server.url}/agent`);
  await expect(bell(bert)).toHaveAccessibleName('Mentions 2 unread');
  await expect(chatLink(bert)).toContainText('Mentioned');
  await bell(bert).focus();
  await bert.keyboard.press('Enter');
  await expect(panel(bert)).toBeFocused();
  const rows = panel(bert).getByRole('listitem');
  await expect(rows).toHaveText([
    /Anna Keller in the chat with Carla Rossi.*please look.*Unread/,
    /where is it\?.*Unread/,
  ]);
  await lookAround(bert, 'console-mentions');
  await bert.keyboard.press('Escape');
  await expect(panel(bert)).toHaveCount(0);
  await expect(bell(bert)).toBeFocused();
  await bert.keyboard.press('Enter');
  await bert.keyboard.press('Tab');
  await expect(panel(bert).getByRole('button', { name: 'Mark all as read' })).toBeFocused();
  await rows.first().getByRole('link').focus();
  await bert.keyboard.press('Enter');
  await expect(panel(bert)).toHaveCount(0);
  await expect(note(bert, 'please look')).toBeInViewport();
  // The notes lie open, so both are read; it is kept over a reload.
  await expect(bell(bert)).toHaveAccessibleName('Mentions');
  await expect(chatLink(bert)).not.toContainText('Mentioned');
  await bert.reload();
  await bell(bert).click();
  await expect(rows).toHaveCount(2);
  await expect(panel(bert).getByText('Unread')).toHaveCount(0);
  await page.getByRole('button', { name: /^Mentions/ }).click();
  await expect(panel(page).getByText('Nobody has mentioned you yet')).toBeVisible();
  await lookAround(page, 'console-mentions-none', '.sidebar');
});

test('the bell is live, right again after an outage, and on a phone; what cannot be loaded is said', async ({
  browser,
  page,
  server,
}) => {
  await setUp(page, server);
  const bert = await hire(browser, page, server, BERT, { viewport: PHONE });
  const customer = await visit(browser, server);
  await customer.start({ name: 'كارلا روسي', message: 'أين طردي؟' });
  await page.getByRole('link', { name: /كارلا/ }).click();
  await nameBert(page, 'one');
  await expect(bell(bert)).toHaveAccessibleName('Mentions 1 unread');
  await bert.context().setOffline(true);
  await nameBert(page, 'two');
  await expect(note(page, 'two')).toBeVisible();
  await bert.context().setOffline(false);
  await expect(bell(bert)).toHaveAccessibleName('Mentions 2 unread', { timeout: 40_000 });
  await bell(bert).click();
  const rows = panel(bert).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await nameBert(page, 'اسأل العميل عن رقم الطلب');
  await expect(rows).toHaveCount(3);
  await expect(toasts(bert).getByText('mentioned you')).toHaveCount(0);
  await lookAround(bert, 'console-mentions-phone');
  await expectNoSidewaysScroll(bert);
  await panel(bert).getByRole('button', { name: 'Mark all as read' }).click();
  await expect(panel(bert)).toBeFocused();
  await expect(bell(bert)).toHaveAccessibleName('Mentions');
  await panel(bert).getByRole('button', { name: 'Close mentions' }).click();
  await expect(bell(bert)).toBeFocused();

  await bert.route('**/api/notifications*', (route) => route.abort());
  await bert.reload();
  await bell(bert).click();
  await expect(panel(bert).getByRole('alert')).toBeVisible();
  await picture(bert, 'console-mentions-failed');
  await expectAccessible(bert, '.notification-panel');
  await bert.unroute('**/api/notifications*');
  await panel(bert).getByRole('button', { name: 'Try again' }).click();
  await expect(rows).toHaveCount(3);
  await expect(panel(bert)).toBeFocused();
  await rows.first().getByRole('link').click();
  await expect(note(bert, 'اسأل')).toBeInViewport();
});

test('of many mentions the older ones come when they are asked for, and each chat has its mark; keys act in the list only', async ({
  browser,
  page,
  server,
}) => {
  const { bert } = await begin(browser, page, server, 'Where is my parcel?');
  const people = (await ask(page, 'GET', '/api/users?q=bert@example.com', {}))['data'] as { id: string }[];
  const mention = async (chatId: string, content: string) =>
    ask(page, 'POST', `/api/chats/${chatId}/notes`, { content, mentions: [people[0]?.id] });
  const chatId = /chats\/(\w+)/.exec(page.url())?.[1] ?? '';
  await mention(chatId, 'the oldest');
  const other = await visit(browser, server);
  await other.start({ name: 'Dora Dale', message: 'Hello' });
  const otherLink = (agent: Page) => agent.getByRole('link', { name: /^Dora Dale/ });
  await otherLink(page).click();
  await expect(page).not.toHaveURL(new RegExp(chatId));
  const otherId = /chats\/(\w+)/.exec(page.url())?.[1] ?? '';
  await bert.goto('about:blank');
  for (let number = 1; number <= 25; number += 1) await mention(otherId, `number ${number}`);

  await bert.goto(`${server.url}/agent/chats/${chatId}`);
  await expect(otherLink(bert)).toContainText('Mentioned');
  // Of the first chat's only an older page would tell; its notes lie open, so it is read.
  await expect(bell(bert)).toHaveAccessibleName('Mentions 25 unread');
  await mention(otherId, 'number 26');
  await expect(bell(bert)).toHaveAccessibleName('Mentions 26 unread');
  await bell(bert).click();
  const rows = panel(bert).getByRole('listitem');
  await expect(rows).toHaveCount(26);
  await bert.keyboard.press('c');
  await panel(bert).getByRole('button', { name: 'Older mentions' }).focus();
  await bert.keyboard.press('Enter');
  await expect(rows).toHaveCount(27);
  await expect(rows.last()).toContainText('the oldest');
  await expect(panel(bert)).toBeFocused();
  await picture(bert, 'console-mentions-older');
  await mention(otherId, 'number 27');
  await expect(rows).toHaveCount(28);
  await bert.keyboard.press('Escape');
  await expect(panel(bert)).toHaveCount(0);
  await expect(bell(bert)).toBeFocused();
  await expect(bert).toHaveURL(new RegExp(chatId));
  // Nor was the chat beneath claimed.
  await expect(bert.getByRole('button', { name: 'Claim' })).toBeVisible();
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
