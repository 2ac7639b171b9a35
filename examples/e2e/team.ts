import type { Browser, Locator, Page } from '@playwright/test';
import { expect, expectAccessible, hire, picture, setUp, visit } from './desk.ts';
import { type ServerProcess } from './run-server.ts';

export const BERT = { name: 'Bert Braun', email: 'bert@example.com' };
export const PHONE = { width: 390, height: 780 };

/** An agent has opened the customer's chat; a colleague of theirs is there too. */
export async function begin(browser: Browser, page: Page, server: ServerProcess, message: string) {
  await setUp(page, server);
  const bert = await hire(browser, page, server, BERT);
  const customer = await visit(browser, server);
  await customer.start({ name: 'Carla Rossi', message });
  await chatLink(page).click();
  return { bert, customer };
}

export const chatLink = (agent: Page) => agent.getByRole('link', { name: /^Carla Rossi/ });
export const viewers = (agent: Page) => agent.getByRole('list', { name: 'Also looking at this chat' });
export const details = (agent: Page) => agent.getByRole('complementary', { name: 'Details' });
export const noteField = (agent: Page) => details(agent).getByLabel('New note');
export const offered = (agent: Page) => agent.getByRole('listbox', { name: 'Colleagues' });
export const toasts = (agent: Page) => agent.getByRole('region', { name: 'Notifications' });
export const note = (agent: Page, text: string | RegExp): Locator =>
  details(agent).getByRole('region', { name: 'Notes' }).getByRole('listitem').filter({ hasText: text });

export const bell = (agent: Page) => agent.getByRole('button', { name: /^Mentions/ });
export const panel = (agent: Page) => agent.getByRole('dialog', { name: 'Mentions' });

export async function choosePresence(agent: Page, name: string): Promise<void> {
  await agent.getByRole('button', { name: /^Presence/ }).click();
  await agent.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click();
  await expect(agent.getByRole('button', { name: `Presence: ${name}` })).toBeVisible();
}

export async function nameBert(agent: Page, words: string): Promise<void> {
  await noteField(agent).fill('');
  await agent.keyboard.type('@b');
  await expect(offered(agent)).toBeVisible();
  await agent.keyboard.press('Enter');
  await agent.keyboard.type(words);
  await details(agent).getByRole('button', { name: 'Add note' }).click();
}

/** The dark, a phone's width and the other direction, each looked at and checked. */
export async function lookAround(agent: Page, name: string, part?: string): Promise<void> {
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

export async function expectNoSidewaysScroll(agent: Page): Promise<void> {
  const sideways = await agent.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
}
