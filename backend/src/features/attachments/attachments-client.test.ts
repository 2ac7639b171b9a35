import type { ChatMessage, ChatStore } from '@wzatco/sdk';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { converse, stopClients } from '../../testing/live-clients.ts';
import { startRestartableServer } from '../../testing/restartable-server.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { until } from '../../testing/until.ts';
import { filesIn, png } from '../../testing/uploads.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ variables: { UPLOAD_MAX_BYTES: '200000' } });
});
afterEach(stopClients);
afterAll(() => stopTestServer(server));

const words = (text: string) => new File([text], 'words.txt', { type: 'text/html' });

/** The last message, once it fits. */
async function lastOf(store: ChatStore, fits: (message: ChatMessage) => boolean): Promise<ChatMessage> {
  const { messages } = await until(store.state, ({ messages: [...all] }) => {
    const last = all.at(-1);
    return last !== undefined && fits(last);
  });
  const last = messages.at(-1);
  if (!last) throw new Error('there is one that fits');
  return last;
}

const isStored = ({ seq }: ChatMessage) => seq !== null;

test('a picture is attached, sent without words, seen and loaded by the other side', async () => {
  const { customerChat, agentChat, agent, visitor } = await converse(server.url);
  const picture = new Blob([png(900, 600)], { type: 'image/png' });
  const key = customerChat.attach(picture);
  expect(customerChat.state.get().attached).toMatchObject([
    { key, name: 'file.png', type: 'image/png', size: picture.size, progress: 0, id: null, error: null },
  ]);
  await until(customerChat.state, ({ attached }) => attached[0]?.progress === 1);
  customerChat.attach(words('and a note'));
  customerChat.send('');
  expect(customerChat.state.get().attached).toEqual([]);
  const sending = customerChat.state.get().messages.at(-1);
  expect(sending).toMatchObject({ state: 'sending', content: '' });
  expect(sending?.attachments.map(({ name, file }) => [name, file !== null])).toEqual([
    ['file.png', true],
    ['words.txt', true],
  ]);

  const seen = await lastOf(agentChat, ({ attachments }) => attachments.length === 2);
  expect(seen.attachments).toMatchObject([
    { name: 'file.png', width: 900, height: 600, hasThumbnail: true, file: null },
    { name: 'words.txt', type: 'text/plain', hasThumbnail: false },
  ]);
  const ids = seen.attachments.map(({ id }) => id ?? '');
  const thumbnail = await agent.attachments.load(ids[0] ?? '', { thumbnail: true });
  expect(thumbnail.type).toBe('image/webp');
  expect(await (await agent.attachments.load(ids[1] ?? '')).text()).toBe('and a note');
  expect(agent.attachments.url(ids[1] ?? '')).toBe(`${server.url}/api/uploads/${ids[1]}`);
  const stored = await lastOf(customerChat, isStored);
  expect((await visitor.attachments.load(stored.attachments[0]?.id ?? '')).size).toBe(picture.size);
});

test('what the server does not take says why, holds the message up, and can be taken out again', async () => {
  const { agentChat } = await converse(server.url);
  agentChat.attach(new Blob(['a'.repeat(200_001)]), 'long.txt');
  agentChat.attach(new Blob(['<!doctype html>']), 'page.html');
  const { attached } = await until(agentChat.state, (state) => state.attached.every(({ error }) => error));
  expect(attached.map(({ error }) => error?.code)).toEqual(['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA']);
  expect(() => agentChat.send('see these')).toThrow('Remove the files');
  for (const { key } of attached) agentChat.detach(key);
  agentChat.send('never mind');
  expect(await lastOf(agentChat, isStored)).toMatchObject({ content: 'never mind', attachments: [] });
});

test('five at most; one that is taken out is gone on the server too', async () => {
  const { customerChat } = await converse(server.url);
  const before = filesIn(server.dataDir).length;
  const keys = Array.from({ length: 5 }, (_, index) => customerChat.attach(words(`note ${index}`)));
  expect(() => customerChat.attach(words('one more'))).toThrow('at most 5');
  await until(customerChat.state, ({ attached }) => attached.every(({ progress }) => progress === 1));
  for (const key of keys) customerChat.detach(key);
  expect(customerChat.state.get().attached).toEqual([]);
  await expect.poll(() => filesIn(server.dataDir).length).toBe(before);
});

test('files and words that are sent while the server is away arrive once, in order, when it is back', async () => {
  const away = await startRestartableServer();
  onTestFinished(() => away.remove());
  const { customerChat, agentChat } = await converse(away.url);
  await away.stop();
  for (const text of ['first', 'second']) {
    customerChat.attach(words(text));
    customerChat.send(text);
  }
  await away.start();
  const { messages } = await until(agentChat.state, (state) => state.messages.length === 3);
  expect(messages.slice(1).map(({ content, attachments }) => [content, attachments.length])).toEqual([
    ['first', 1],
    ['second', 1],
  ]);
});

test('a message whose file is refused fails with the reason, and can be discarded', async () => {
  const { customerChat, agentChat } = await converse(server.url);
  customerChat.attach(new Blob(['#!/bin/sh']), 'run.sh');
  customerChat.send('run this');
  const failed = await lastOf(customerChat, ({ state }) => state === 'failed');
  expect(failed).toMatchObject({ content: 'run this', error: { code: 'UNSUPPORTED_MEDIA' } });
  expect(failed.attachments).toMatchObject([{ name: 'run.sh' }]);
  customerChat.discard(failed.key);
  customerChat.send('sorry');
  expect(await lastOf(agentChat, ({ content }) => content === 'sorry')).toMatchObject({ seq: 2 });
});

test('a day’s limit of files says so at once, and holds up no words', async () => {
  const { customerChat, agentChat, visitor } = await converse(server.url);
  const key = `customer:${visitor.session.get()?.customer.id}`;
  await server.features.attachments.limits.files.use(key, 1_000);
  customerChat.attach(words('one too many'));
  customerChat.send('see this');
  customerChat.send('or just read');
  await lastOf(agentChat, ({ content }) => content === 'or just read');
  const { messages } = await until(customerChat.state, (state) =>
    state.messages.some(({ state: how }) => how === 'failed'),
  );
  expect(messages.filter(({ state }) => state === 'failed')).toMatchObject([
    { content: 'see this', error: { code: 'RATE_LIMITED' } },
  ]);
  customerChat.attach(words('and another'));
  const { attached } = await until(customerChat.state, (state) => state.attached.some(({ error }) => error));
  expect(attached.map(({ error }) => error?.code)).toEqual(['RATE_LIMITED']);
});
