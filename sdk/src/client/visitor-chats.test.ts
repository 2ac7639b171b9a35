import { afterEach, expect, test, vi } from 'vitest';
import type { ChatSnapshot } from '../contract/chats.ts';
import type { VisitorSession, widgetEndpoints } from '../contract/widget.ts';
import { createExclusive } from '../lib/exclusive.ts';
import { createReadable } from '../lib/readable.ts';
import { openRecordStore } from '../lib/record-store.ts';
import { memoryStore } from '../lib/storage.ts';
import type { Call } from './call.ts';
import type { ChatEndpoints } from './chat-endpoints.ts';
import { ClientError } from './client-error.ts';
import { createOutbox } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import type { Realtime } from './realtime.ts';
import type { UploadEntry } from './upload-entry.ts';
import { createUploads } from './uploads.ts';
import { createVisitorChats } from './visitor-chats.ts';
import { createVisitorSessions } from './visitor-session.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const offline = () => new ClientError('OFFLINE', 'no way', 0);
const away = () =>
  new ClientError('VALIDATION_FAILED', 'email: is needed to leave a message.', 400, {
    availability: { isOpen: false, isAway: true },
  });

/** No socket: everything goes over HTTP. */
const realtime: Realtime = {
  state: createReadable('idle'),
  wakes: createReadable(0),
  start: () => undefined,
  stop: () => undefined,
  hint: () => undefined,
  restart: () => undefined,
  request: () => Promise.reject(offline()),
  tell: () => undefined,
  on: () => () => undefined,
};

interface Said {
  message: string;
  email?: string;
  clientMessageId: string;
}

/** A site that is closed, over a line that is cut or mended; and one visitor's chats, over what an earlier page left. */
async function closedSite(records = openRecordStore<OutboxEntry>({ name: 'outbox', kind: 'memory' })) {
  const line = { isCut: false };
  const chats: { id: string; said: string[] }[] = [];
  let email: string | null = null;

  function snapshot(chat: { id: string; said: string[] }): ChatSnapshot {
    return {
      chatId: chat.id,
      status: 'waiting',
      department: null,
      agent: null,
      read: { customer: 0, agent: 0 },
      rating: null,
      closedAt: null,
      closedBy: null,
      messages: [],
      lastSeq: chat.said.length,
      lastRev: chat.said.length,
      changed: [],
      changedUpTo: 0,
      hasMore: false,
    };
  }

  function open({ message, email: given }: Said): ChatSnapshot {
    const chat = chats.at(-1);
    if (chat) {
      chat.said.push(message);
      return snapshot(chat);
    }
    email = given ?? email;
    if (!email) throw away();
    const opened = { id: 'chat', said: [message] };
    chats.push(opened);
    return snapshot(opened);
  }

  const call = (async (endpoint: string, { body }: { body: Said }) => {
    if (line.isCut) throw offline();
    if (endpoint === 'POST /api/chats') return open(body);
    if (endpoint === 'GET /api/chats/:id') throw offline();
    chats.at(-1)?.said.push(body.message);
    const { message: content, clientMessageId } = body;
    const seq = chats.at(-1)?.said.length ?? 0;
    return {
      chatId: 'chat',
      id: clientMessageId,
      seq,
      rev: seq,
      sender: 'customer',
      content,
      attachments: [],
    };
  }) as Call<ChatEndpoints>;

  const session: VisitorSession = {
    visitorToken: 'token',
    customer: { id: 'v1', name: null, email: null, verified: false },
    chat: null,
  };
  const sessions = createVisitorSessions({
    call: (async () => session) as Call<typeof widgetEndpoints>,
    site: 'shop',
    identity: undefined,
    storage: memoryStore(),
    storageKey: 'key',
  });
  await sessions.open();

  const owner = () => 'v1';
  const outbox = createOutbox({
    name: 'test',
    owner,
    records,
    exclusive: createExclusive({ shared: false }),
    deliver: (entry) => visitor.deliver(entry),
  });
  const uploads = createUploads({
    owner,
    tab: 'tab',
    records: openRecordStore<UploadEntry>({ name: 'uploads', kind: 'memory', holdsFiles: true }),
    send: () => Promise.reject(offline()),
    discard: async () => undefined,
  });
  const download = () => Promise.reject(offline());
  const visitor = createVisitorChats({ call, realtime, outbox, uploads, download, sessions });
  await outbox.start();
  visitor.resume();
  stops.push(() => {
    visitor.stop();
    outbox.stop();
    visitor.forget();
  });
  const shown = () =>
    (visitor.current.get()?.state.get().messages ?? []).map(({ content, state }) => `${content}: ${state}`);
  return { visitor, outbox, sessions, records, line, chats, shown };
}

/** Written without a network while the site was open, brought over when it was not. */
async function refusedLater() {
  const site = await closedSite();
  site.line.isCut = true;
  const chat = await site.visitor.open({ name: 'Ada', message: 'My order is late' });
  chat.send('Are you there?');
  chat.send('It is number 7.');
  site.line.isCut = false;
  site.outbox.kick();
  await expect.poll(site.shown).toContain('My order is late: failed');
  return site;
}

const written = ['My order is late: failed', 'Are you there?: sending', 'It is number 7.: sending'];

test('an opening that is refused later is set right with an address, and all goes out in the order written', async () => {
  const { visitor, chats, shown, outbox } = await refusedLater();
  expect(shown()).toEqual(written);
  const refused = visitor.current.get()?.state.get().messages[0];
  expect(refused).toMatchObject({ opening: { name: 'Ada' }, error: { code: 'VALIDATION_FAILED' } });
  const replaces = refused?.key ?? '';
  await visitor.open({ name: 'Ada', email: 'ada@example.com', message: 'My order is very late', replaces });
  await expect.poll(() => outbox.entries.get()).toEqual([]);
  expect(chats).toEqual([
    { id: 'chat', said: ['My order is very late', 'Are you there?', 'It is number 7.'] },
  ]);
  expect(visitor.current.get()?.id).toBe('chat');
});

test('where that is refused too nothing is lost, and it can be set right again', async () => {
  const { visitor, chats, shown, outbox } = await refusedLater();
  const key = () => visitor.current.get()?.state.get().messages[0]?.key ?? '';
  await expect(visitor.open({ message: 'Really late', replaces: key() })).rejects.toMatchObject({
    details: { availability: { isAway: true } },
  });
  expect(shown()).toEqual(['Really late: failed', ...written.slice(1)]);
  await visitor.open({ email: 'ada@example.com', message: 'Really late', replaces: key() });
  await expect.poll(() => outbox.entries.get()).toEqual([]);
  expect(chats[0]?.said).toEqual(['Really late', 'Are you there?', 'It is number 7.']);
});

test('a page that is loaded again shows what was refused, until there is an open chat', async () => {
  const { records, outbox } = await refusedLater();
  outbox.stop();
  const { visitor, sessions, shown } = await closedSite(records);
  expect(shown()).toEqual(written);
  const session = sessions.current.get();
  if (!session) return expect.fail('there is a session');
  visitor.follow({ ...session, chat: { id: 'ended', status: 'closed', lastSeq: 3 } });
  expect(visitor.current.get()?.id).toMatch(/^pending:/);
  visitor.follow({ ...session, chat: { id: 'open', status: 'waiting', lastSeq: 1 } });
  expect(visitor.current.get()?.id).toBe('open');
});

test('what is opened while an opening is refused does not wait behind it', async () => {
  const { visitor, chats } = await refusedLater();
  await visitor.open({ email: 'ada@example.com', message: 'Something else' });
  expect(chats[0]?.said).toEqual(['Something else']);
});

test('the address of an opening is known of the customer from then on, and which chat is theirs', async () => {
  const { visitor, sessions } = await closedSite();
  const heard = vi.fn();
  sessions.current.subscribe(heard);
  await visitor.open({ name: 'Ada', email: 'ada@example.com', message: 'Hello' });
  expect(heard).toHaveBeenLastCalledWith({
    visitorToken: 'token',
    customer: { id: 'v1', name: 'Ada', email: 'ada@example.com', verified: false },
    chat: { id: 'chat', status: 'waiting', lastSeq: 1 },
  });
});
