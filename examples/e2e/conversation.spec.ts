import { answer, expect, expectAccessible, newPerson, picture, setUp, test, widgetOn } from './desk.ts';

test('a customer and an agent talk; both reload; the server is killed and started; the conversation goes on', async ({
  browser,
  server,
}) => {
  const agent = await (await newPerson(browser)).newPage();
  await setUp(agent, server);
  await expect(agent.getByText('All quiet')).toBeVisible();
  await agent.getByRole('button', { name: /^Presence/ }).click();
  await agent.getByRole('menuitemradio', { name: 'Online' }).click();
  await expect(agent.getByRole('button', { name: 'Presence: Online' })).toBeVisible();

  const page = await (await newPerson(browser)).newPage();
  const customer = widgetOn(page);
  await page.goto(`${server.url}/examples/plain-html/`);
  await customer.open();
  await expectAccessible(page, 'wzatco-chat');
  await customer.start({
    name: 'Carla Rossi',
    email: 'carla@example.com',
    message: 'Is the Sidama good for espresso? ☕',
  });
  await expect(customer.message('Is the Sidama good')).toBeVisible();
  await expect(customer.panel.getByText('Your message has reached us.')).toBeVisible();
  await expect(customer.panel.getByText('You are next in line.')).toBeVisible();

  // Without a reload: the chat appears in the console, is claimed and answered.
  await agent.getByRole('link', { name: /^Carla Rossi/ }).click();
  await expect(agent.getByRole('log').getByText('Is the Sidama good')).toBeVisible();
  await agent.getByRole('button', { name: 'Claim' }).click();
  await answer(agent, 'Very good! It is a little brighter than most.');
  await expect(customer.message('Very good!')).toBeVisible();
  await expect(customer.panel).toContainText('Anna Keller');

  await page.getByRole('textbox', { name: 'Message' }).pressSequentially('Lovely');
  await expect(agent.getByText(/Carla Rossi is (typing|writing)/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(agent.getByRole('log').getByText('Lovely')).toBeVisible();
  await expect(customer.message('Lovely').or(customer.panel.getByText('Read')).first()).toBeVisible();
  await expectAccessible(page, 'wzatco-chat');
  await expectAccessible(agent);
  await picture(page, 'widget');
  await picture(agent, 'console');

  await Promise.all([page.reload(), agent.reload()]);
  if (!(await customer.panel.isVisible())) await customer.open();
  await expect(customer.message('Lovely')).toBeVisible();
  await expect(agent.getByRole('log').getByText('Lovely')).toBeVisible();

  await server.kill();
  await customer.send('Are you still there?');
  await expect(customer.panel.getByText(/Reconnecting/)).toBeVisible();
  await server.start();
  await expect(agent.getByRole('log').getByText('Are you still there?')).toBeVisible({ timeout: 40_000 });
  await answer(agent, 'Yes, I never left.');
  await expect(customer.message('Yes, I never left.')).toBeVisible();
  for (const text of [
    'Is the Sidama good',
    'Very good!',
    'Lovely',
    'Are you still there?',
    'Yes, I never left.',
  ]) {
    await expect(customer.message(text)).toHaveCount(1);
    await expect(agent.getByRole('log').getByText(text)).toHaveCount(1);
  }
  await picture(page, 'widget-after-restart');
  await picture(agent, 'console-after-restart');

  await agent.getByRole('button', { name: 'Close chat' }).click();
  await agent.getByRole('dialog').getByRole('button', { name: 'Close chat' }).click();
  await expect(customer.panel.getByText('How did we do?')).toBeVisible();
  // What was read last stays in sight although the rating takes room.
  await expect(customer.message('Yes, I never left.')).toBeInViewport();
  await picture(page, 'widget-rating');
  await expectAccessible(page, 'wzatco-chat');

  // One more question: the chat goes on with all that was said, here and in the console.
  await customer.panel.getByRole('button', { name: 'Continue this chat' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await expect(customer.panel.getByRole('button', { name: 'End chat' })).toHaveCount(0);
  await expectAccessible(page, 'wzatco-chat');
  await picture(page, 'widget-continue');
  // Whoever thinks better of it is back at the rating, and may change their mind again.
  await page.keyboard.press('Escape');
  await expect(customer.panel.getByText('How did we do?')).toBeVisible();
  await customer.panel.getByRole('button', { name: 'Continue this chat' }).click();
  await customer.send('One more thing: do you grind it too?');
  await expect(agent.getByRole('log').getByText('One more thing')).toBeVisible();
  await expect(customer.panel.getByRole('button', { name: 'End chat' })).toBeVisible();
  await expect(customer.message('Yes, I never left.')).toHaveCount(1);
  await expectAccessible(page, 'wzatco-chat');
});

test('what a customer writes offline survives a reload and arrives once, in order', async ({
  browser,
  server,
}) => {
  const agent = await (await newPerson(browser)).newPage();
  await setUp(agent, server);
  const context = await newPerson(browser);
  const page = await context.newPage();
  const customer = widgetOn(page);
  await page.goto(`${server.url}/examples/plain-html/`);
  await customer.open();
  await customer.start({ name: 'Omar', message: 'Hello' });
  await agent.getByRole('link', { name: /^Omar/ }).click();
  await agent.getByRole('button', { name: 'Claim' }).click();
  await expect(customer.panel).toContainText('Anna Keller');

  await server.kill();
  for (const text of ['one', 'two', 'three']) await customer.send(`offline ${text}`);
  await expect(customer.message('offline three')).toBeVisible();
  await server.start();
  await page.reload();
  if (!(await customer.panel.isVisible())) await customer.open();
  const arrived = agent.getByRole('log').getByText(/^offline/);
  await expect(arrived).toHaveText(['offline one', 'offline two', 'offline three'], { timeout: 40_000 });
  await expect(customer.message('offline')).toHaveCount(3);
});
