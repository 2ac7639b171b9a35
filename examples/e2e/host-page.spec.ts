import { expect, test, widgetOn } from './desk.ts';
import { serveHostPage } from './host-page.ts';

test('runs on another origin under a strict Content-Security-Policy with Trusted Types', async ({
  page,
  server,
}) => {
  const host = await serveHostPage(
    `<!doctype html><title>Strict</title><script src="${server.url}/wzatco-chat.js" data-site="default" nonce="n0nce" async></script>`,
    {
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'nonce-n0nce' 'strict-dynamic'",
        `connect-src ${server.url} ${server.url.replace('http', 'ws')}`,
        "style-src 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types lit-html',
      ].join('; '),
    },
  );
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy|TrustedType|Refused/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(host.url);
  const customer = widgetOn(page);
  await customer.open();
  await customer.start({ name: 'Carla', message: 'Hello from a strict page' });
  await expect(customer.message('Hello from a strict page')).toBeVisible();
  await expect(customer.panel.getByText('You are next in line.')).toBeVisible();
  expect(complaints).toEqual([]);
  // What lets the script load there, and what keeps its pieces for good.
  const script = await page.request.get(`${server.url}/wzatco-chat.js`);
  expect(script.headers()).toMatchObject({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=300',
  });
  const again = await page.request.get(`${server.url}/wzatco-chat.js`, {
    headers: { 'if-none-match': script.headers()['etag'] ?? '' },
  });
  expect(again.status()).toBe(304);
  const piece = /wzatco-chat\/element-[\w-]+\.js/.exec(await script.text())?.[0];
  const pieceReply = await page.request.get(`${server.url}/${piece}`);
  expect(pieceReply.headers()['cache-control']).toContain('immutable');
  await host.close();
});

test('leaves the host page as it was: no globals, styles, listeners or storage of others touched', async ({
  page,
  server,
}) => {
  const host = await serveHostPage(`<!doctype html><title>Plain</title><link rel="icon" href="data:,">
    <style>div { color: red !important; position: fixed } * { font-size: 40px }</style>
    <p id="words">words</p>
    <script>
      window.before = new Set(Object.getOwnPropertyNames(window));
      window.htmlBefore = document.head.outerHTML + document.getElementById('words').outerHTML;
    </script>
    <script src="${server.url}/wzatco-chat.js" data-site="default"></script>`);
  await page.goto(host.url);
  const customer = widgetOn(page);
  await customer.open();
  await customer.start({ name: 'Carla', message: 'Hello' });
  await expect(customer.message('Hello')).toBeVisible();
  const found = await page.evaluate(() => {
    const seen = window as unknown as { before: Set<string>; htmlBefore: string };
    const own = new Set(['before', 'htmlBefore']);
    return {
      globals: Object.getOwnPropertyNames(window).filter((name) => !seen.before.has(name) && !own.has(name)),
      changed:
        seen.htmlBefore !== document.head.outerHTML + (document.getElementById('words')?.outerHTML ?? ''),
      added: [...document.body.children]
        .map(({ localName }) => localName)
        .filter((name) => !['p', 'script', 'style'].includes(name)),
      bodyStyle: document.body.getAttribute('style'),
      cookies: document.cookie,
    };
  });
  // `litElementVersions` and its like are how copies of Lit on one page recognise each other.
  const globals = found.globals.filter((name) => !/^(lit|reactiveElement)\w*(Versions|Metadata)$/.test(name));
  expect({ ...found, globals }).toEqual({
    globals: ['Wzatco'],
    changed: false,
    added: ['wzatco-chat'],
    bodyStyle: null,
    cookies: '',
  });
  // The page's hostile styles stop at the element's door.
  const size = await customer.message('Hello').evaluate((element) => getComputedStyle(element).fontSize);
  expect(size).not.toBe('40px');
  await host.close();
});

test('commands before the script has loaded are kept, events can be listened to, and destroy leaves nothing', async ({
  page,
  server,
}) => {
  const host = await serveHostPage(`<!doctype html><title>Commands</title>
    <script>
      window.Wzatco = window.Wzatco || [];
      window.heard = [];
      Wzatco.push(['open']);
      document.addEventListener('wzatco-open', () => heard.push('open'));
      document.addEventListener('wzatco-chat-started', (event) => heard.push(event.detail.chatId.length));
    </script>
    <script src="${server.url}/wzatco-chat.js" data-site="default" async></script>`);
  await page.goto(host.url);
  const customer = widgetOn(page);
  await customer.start({ name: 'Carla', message: 'Hello' });
  await expect(customer.message('Hello')).toBeVisible();
  // The chat counts as started once the server has it; the words are on the screen before.
  await expect.poll(() => page.evaluate('window.heard')).toEqual(['open', 24]);
  await page.evaluate("document.querySelector('wzatco-chat').destroy()");
  await expect(page.locator('wzatco-chat')).toHaveCount(0);
  await host.close();
});

test('a page that the site does not allow says so, and a site that is unknown too', async ({
  page,
  server,
}) => {
  const host = await serveHostPage(`<!doctype html><title>Unknown</title>
    <script src="${server.url}/wzatco-chat.js" data-site="nowhere"></script>`);
  await page.goto(host.url);
  const customer = widgetOn(page);
  await customer.open();
  await expect(customer.panel.getByText('This chat is not set up correctly.')).toBeVisible();
  await host.close();
});
