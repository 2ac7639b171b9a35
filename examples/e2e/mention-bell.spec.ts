import type { Page } from '@playwright/test';
import { ask, expect, expectAccessible, hire, picture, setUp, test, visit } from './desk.ts';
import {
  BERT,
  PHONE,
  begin,
  chatLink,
  toasts,
  note,
  bell,
  panel,
  nameBert,
  lookAround,
  expectNoSidewaysScroll,
} from './team.ts';

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
