import { expect, newPerson, setUp, test, widgetOn, type Widget } from './desk.ts';

const SENDS = 20;
const textsOf = (tab: string) => Array.from({ length: SENDS }, (_, at) => `${tab} ${at + 1}.`);

test('what a customer writes in two tabs without a network survives their reload and arrives once, in order', async ({
  browser,
  server,
}) => {
  const agent = await (await newPerson(browser)).newPage();
  await setUp(agent, server);
  const context = await newPerson(browser);
  const openTab = async () => {
    const page = await context.newPage();
    await page.goto(`${server.url}/examples/plain-html/`);
    return widgetOn(page);
  };
  const left = await openTab();
  await left.open();
  await left.start({ name: 'Omar', message: 'Hello' });
  await expect(left.message('Hello')).toBeVisible();
  const right = await openTab();
  await show(right);
  await expect(right.message('Hello')).toBeVisible();
  await agent.getByRole('link', { name: /^Omar/ }).click();
  await agent.getByRole('button', { name: 'Claim' }).click();
  for (const { panel } of [left, right]) await expect(panel).toContainText('Anna Keller');

  await server.kill();
  await sendAll(left, textsOf('left'));
  await sendAll(right, textsOf('right'));
  await server.start();
  await Promise.all([left.page.reload(), right.page.reload()]);
  for (const name of ['left', 'right']) {
    const own = new RegExp(`^${name} \\d`);
    await expect(agent.getByRole('log').getByText(own)).toHaveText(textsOf(name), { timeout: 60_000 });
  }
  for (const widget of [left, right]) {
    await show(widget);
    await expect(widget.message(/(left|right) \d+\./)).toHaveCount(2 * SENDS);
  }
});

async function show(widget: Widget): Promise<void> {
  if (!(await widget.panel.isVisible())) await widget.open();
}

/** As a page's own script would. */
async function sendAll({ page }: Widget, texts: readonly string[]): Promise<void> {
  await page.locator('wzatco-chat').evaluate((element, all) => {
    for (const text of all)
      void (element as HTMLElement & { sendMessage(text: string): unknown }).sendMessage(text);
  }, texts);
}
