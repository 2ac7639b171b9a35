import { expect, picture, setUp, test } from './desk.ts';

test('the API page shows both documents and sends a request, all within this origin', async ({
  page,
  server,
}) => {
  const elsewhere: string[] = [];
  const complaints: string[] = [];
  // Without a way out, as behind a firewall: what is asked of others is noted and fails.
  await page.route('**/*', (route) => {
    const { origin, protocol } = new URL(route.request().url());
    if (origin === server.url || protocol === 'data:' || protocol === 'blob:') return route.continue();
    elsewhere.push(route.request().url());
    return route.abort();
  });
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(error.message));

  await page.goto(`${server.url}/api/docs`);
  await expect(page.getByRole('heading', { name: 'WZATCO', exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Who may call' })).toBeVisible();
  await picture(page, 'api-docs');
  await page.getByRole('link', { name: 'Health', exact: true }).click();
  await page
    .getByRole('button', { name: /test request/i })
    .first()
    .click();
  await page.getByRole('button', { name: /^send/i }).first().click();
  await expect(page.getByText(/200 OK/)).toBeVisible();

  await page.goto(`${server.url}/api/docs?api=events`);
  await expect(page.getByRole('heading', { name: 'WZATCO live events' })).toBeVisible();
  await page.getByRole('link', { name: 'send_message', exact: true }).click();
  await expect(page.getByText('A message of the customer.').first()).toBeVisible();
  await picture(page, 'api-docs-events');

  expect(elsewhere).toEqual([]);
  expect(complaints).toEqual([]);
});

test('an admin finds the API page from the console', async ({ page, server }) => {
  await setUp(page, server);
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'API' }).click();
  const docs = await opened;
  await expect(docs.getByRole('heading', { name: 'WZATCO', exact: true })).toBeVisible();
});
