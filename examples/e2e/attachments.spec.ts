import { deflateSync, crc32 } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, newPerson, picture, setUp, test, widgetOn, type Widget } from './desk.ts';
import { serveHostPage } from './host-page.ts';

/** A PNG of a gradient. */
function gradient(width: number, height: number): Buffer {
  const line = width * 3 + 1;
  const pixels = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      pixels.set([40 + (x * 180) / width, 90 + (y * 120) / height, 200], y * line + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...chunks]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

const PICTURE = { name: 'Grinder 😀.png', mimeType: 'image/png', buffer: gradient(900, 600) };
const NOTE = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('It makes a strange noise.') };

/** Chooses files as a person would, with the paperclip. */
async function attach(
  page: Page,
  files: { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles(files);
}

async function talk(agent: Page, customer: Widget, name: string): Promise<void> {
  await customer.open();
  await customer.start({ name, message: 'My grinder is broken.' });
  await agent.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await agent.getByRole('button', { name: 'Claim' }).click();
  await expect(customer.panel).toContainText('Anna Keller');
}

test('a customer sends a picture, the agent sees it and answers with a file; a reload keeps what is not sent', async ({
  browser,
  server,
}) => {
  const agent = await (await newPerson(browser)).newPage();
  await setUp(agent, server);
  const page = await (await newPerson(browser)).newPage();
  const customer = widgetOn(page);
  await page.goto(`${server.url}/examples/plain-html/`);
  await talk(agent, customer, 'Carla Rossi');

  await attach(page, [PICTURE, NOTE]);
  await expect(customer.panel.getByRole('button', { name: `Remove ${PICTURE.name}` })).toBeVisible();
  await expect(customer.panel.getByRole('progressbar')).toHaveCount(0);
  await expectAccessible(page, 'wzatco-chat');
  await picture(page, 'widget-attaching');
  // What is attached is kept like what is written.
  await page.reload();
  if (!(await customer.panel.isVisible())) await customer.open();
  await expect(customer.panel.getByRole('button', { name: `Remove ${PICTURE.name}` })).toBeVisible();
  await customer.panel.getByRole('button', { name: 'Remove note.txt' }).click();
  await customer.panel.getByRole('button', { name: 'Send' }).click();
  const sent = customer.panel.getByRole('log').getByRole('img', { name: PICTURE.name });
  await expect(sent).toBeVisible();

  const log = agent.getByRole('log');
  await log.getByRole('button', { name: `Open picture ${PICTURE.name}` }).click();
  const large = agent.getByRole('dialog').getByRole('img', { name: PICTURE.name });
  await expect(large).toBeVisible();
  await expect.poll(() => large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(900);
  await picture(agent, 'console-picture');
  await expectAccessible(agent);
  const download = agent.waitForEvent('download');
  await agent.getByRole('dialog').getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe(PICTURE.name);
  await agent.getByRole('button', { name: 'Close dialog' }).click();

  await attach(agent, [NOTE]);
  await agent.getByRole('textbox', { name: 'Message' }).fill('Please read this.');
  await agent.getByRole('button', { name: 'Send' }).click();
  await expect(customer.message('Please read this.')).toBeVisible();
  const saved = page.waitForEvent('download');
  await customer.panel.getByRole('button', { name: /^Download note.txt/ }).click();
  expect((await saved).suggestedFilename()).toBe('note.txt');
  await expectAccessible(page, 'wzatco-chat');
  await expectAccessible(agent);
  await picture(page, 'widget-attachments');
  await picture(agent, 'console-attachments');
});

test('what is not taken says why in words, on both sides, and holds nothing else up', async ({
  browser,
  server,
}) => {
  const agent = await (await newPerson(browser)).newPage();
  await setUp(agent, server);
  const page = await (await newPerson(browser)).newPage();
  const customer = widgetOn(page);
  await page.goto(`${server.url}/examples/plain-html/`);
  await talk(agent, customer, 'Omar');
  const wrong = [
    { name: 'page.html', mimeType: 'image/png', buffer: Buffer.from('<!doctype html><script>1</script>') },
    { name: 'film.txt', mimeType: 'text/plain', buffer: Buffer.alloc(12_000_000, 'a') },
  ];
  await attach(page, wrong);
  await expect(customer.panel.getByText('This type of file is not taken')).toBeVisible();
  await expect(customer.panel.getByText(/Too large: at most/)).toBeVisible();
  await expect(customer.panel.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page, 'wzatco-chat');
  await attach(agent, wrong);
  await expect(agent.getByText(/This type of file is not taken/)).toBeVisible();
  await expect(agent.getByText(/The file is too large/)).toBeVisible();
  await expectAccessible(agent);
  for (const { name } of wrong) await customer.panel.getByRole('button', { name: `Remove ${name}` }).click();
  await customer.send('Never mind');
  await expect(agent.getByRole('log').getByText('Never mind')).toBeVisible();
});

test('files are dropped and pasted; what is sent offline goes out, once, after a reload', async ({
  browser,
  server,
}) => {
  const agent = await (await newPerson(browser)).newPage();
  await setUp(agent, server);
  const page = await (await newPerson(browser)).newPage();
  const customer = widgetOn(page);
  await page.goto(`${server.url}/examples/plain-html/`);
  await talk(agent, customer, 'Maya');
  const bytes = [...gradient(40, 40)];
  const carry = (name: string) =>
    page.evaluateHandle(
      ({ name, bytes }) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
        return data;
      },
      { name, bytes },
    );
  await customer.panel.dispatchEvent('drop', { dataTransfer: await carry('dropped.png') });
  await expect(customer.panel.getByRole('button', { name: 'Remove dropped.png' })).toBeVisible();
  await server.kill();
  const pasted = await carry('pasted.png');
  await customer.panel
    .getByRole('textbox', { name: 'Message' })
    .evaluate(
      (field, clipboardData) =>
        field.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
        ),
      pasted,
    );
  await expect(customer.panel.getByRole('button', { name: 'Remove pasted.png' })).toBeVisible();
  await customer.send('Two pictures');
  await expect(customer.message('Two pictures')).toBeVisible();
  await server.start();
  await page.reload();
  const pictures = agent.getByRole('log').getByRole('button', { name: /^Open picture (dropped|pasted)/ });
  await expect(pictures).toHaveCount(2, { timeout: 40_000 });
  await expect(agent.getByRole('log').getByText('Two pictures')).toHaveCount(1);
});

test('a page whose policy refuses pictures shows a card to download, never a broken picture', async ({
  browser,
  server,
}) => {
  const agent = await (await newPerson(browser)).newPage();
  await setUp(agent, server);
  const host = await serveHostPage(
    `<!doctype html><title>Strict</title><script src="${server.url}/wzatco-chat.js" data-site="default" nonce="n0nce" async></script>`,
    {
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'nonce-n0nce' 'strict-dynamic'",
        `connect-src ${server.url} ${server.url.replace('http', 'ws')}`,
        "require-trusted-types-for 'script'",
        'trusted-types lit-html',
      ].join('; '),
    },
  );
  const page = await (await newPerson(browser)).newPage();
  const customer = widgetOn(page);
  await page.goto(host.url);
  await talk(agent, customer, 'Strict');
  await attach(agent, [PICTURE]);
  await agent.getByRole('button', { name: 'Send' }).click();
  const card = customer.panel.getByRole('button', { name: new RegExp(`^Download ${PICTURE.name}`) });
  await expect(card).toBeVisible();
  await expect(card.getByRole('img')).toHaveCount(0);
  await attach(page, [PICTURE]);
  await customer.panel.getByRole('button', { name: 'Send' }).click();
  await expect(agent.getByRole('log').getByRole('img', { name: PICTURE.name })).toHaveCount(2);
  const saved = page.waitForEvent('download');
  await card.first().click();
  expect((await saved).suggestedFilename()).toBe(PICTURE.name);
  await host.close();
});
