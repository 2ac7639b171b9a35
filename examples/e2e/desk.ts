import { AxeBuilder } from '@axe-core/playwright';
import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from '@playwright/test';
import { ADMIN, runServer, type ServerProcess } from './run-server.ts';

/** A server of its own for each test, and what people do with it. */
export const test = base.extend<{ server: ServerProcess }>({
  server: async ({ browser, context }, use) => {
    const server = await runServer();
    await use(server);
    // Other people's pages would look for this server during all tests to come, and slow them down.
    await Promise.all(browser.contexts().map((other) => (other === context ? undefined : other.close())));
    await server.remove();
  },
});

export { expect };

/** The customer's side of a page: the widget's launcher and panel. */
export interface Widget {
  page: Page;
  open(): Promise<void>;
  start(fields: { name: string; email?: string; message: string }): Promise<void>;
  send(text: string): Promise<void>;
  /** The bubble of a message. */
  message(text: string | RegExp): Locator;
  panel: Locator;
}

export function widgetOn(page: Page): Widget {
  const panel = page.locator('wzatco-chat').getByRole('dialog');
  return {
    page,
    panel,
    open: () => page.getByRole('button', { name: /^Open chat/ }).click(),
    async start({ name, email, message }) {
      await panel.getByLabel('Name').fill(name);
      if (email) await panel.getByLabel('E-mail').fill(email);
      await panel.getByLabel('How can we help?').fill(message);
      await panel.getByRole('button', { name: 'Start chat' }).click();
    },
    async send(text) {
      await panel.getByRole('textbox', { name: 'Message' }).fill(text);
      await panel.getByRole('button', { name: 'Send' }).click();
    },
    message: (text) => panel.getByRole('log').getByRole('article').filter({ hasText: text }),
  };
}

/** Another person's browser. */
export async function newPerson(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
}

/** Creates the first admin with the printed link; the page ends in the inbox. */
export async function setUp(page: Page, server: ServerProcess): Promise<void> {
  await page.goto(server.setupLink);
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Create admin' }).click();
  await expect(page.getByRole('button', { name: /^Presence/ })).toBeVisible();
}

/** The console's own session asks; the page is one of the server's. */
export async function ask(
  page: Page,
  method: string,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  return page.evaluate(
    async ([how, where, what]) => {
      const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
      const { data } = await (await fetch('/api/auth/token', options)).json();
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${data.token}` };
      const reply = await fetch(where, { method: how, headers, ...(how !== 'GET' && { body: what }) });
      return reply.json();
    },
    [method, path, JSON.stringify(body)] as const,
  );
}

/** Changes the settings of the first site. */
export async function changeSite(page: Page, settings: object): Promise<void> {
  const { data } = await ask(page, 'GET', '/api/sites', {});
  const [site] = data as { id: string }[];
  await ask(page, 'PATCH', `/api/sites/${site?.id}`, settings);
}

/** Lets an admin create a colleague, who signs in with a browser of their own; it ends in the inbox. */
export async function hire(
  browser: Browser,
  admin: Page,
  server: ServerProcess,
  colleague: { name: string; email: string; department?: string },
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const password = 'another-good-password';
  await ask(admin, 'POST', '/api/users', { ...colleague, role: 'agent', password });
  const page = await (await newPerson(browser, options)).newPage();
  await page.goto(`${server.url}/agent`);
  await page.getByLabel('E-mail').fill(colleague.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: /^Presence/ })).toBeVisible();
  return page;
}

/** Somebody new on the shop's page, with the chat open. */
export async function visit(browser: Browser, server: ServerProcess): Promise<Widget> {
  const customer = widgetOn(await (await newPerson(browser)).newPage());
  await customer.page.goto(`${server.url}/examples/plain-html/`);
  await customer.open();
  return customer;
}

/** What an agent writes in an open chat. */
export async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** No state of a page may have a WCAG 2.2 AA failure that axe can find. */
export async function expectAccessible(page: Page, part?: string): Promise<void> {
  await page.evaluate(animationsEnd);
  const builder = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  const { violations } = await (part ? builder.include(part) : builder).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect(found).toEqual([]);
}

/** What is still fading in has other colours than what people read. Runs in the page; endless animations go on. */
async function animationsEnd(): Promise<void> {
  const roots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
  ];
  const passing = roots(document)
    .flatMap((root) => root.getAnimations())
    .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  await Promise.allSettled(passing.map(({ finished }) => finished));
}

/** Puts a picture of the page into the report; `PICTURES=1` also keeps it for the README. */
export async function picture(page: Page, name: string): Promise<void> {
  const keep = process.env['PICTURES']
    ? { path: new URL(`pictures/${name}.png`, import.meta.url).pathname }
    : {};
  const body = await page.screenshot({ animations: 'disabled', ...keep });
  await test.info().attach(name, { body, contentType: 'image/png' });
}
