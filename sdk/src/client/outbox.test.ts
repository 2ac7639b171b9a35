import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createExclusive } from '../lib/exclusive.ts';
import { openRecordStore, type RecordStore } from '../lib/record-store.ts';
import { installFakeIndexedDb } from '../lib/testing/fake-indexed-db.ts';
import type { Readable } from '../lib/readable.ts';
import { ClientError } from './client-error.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { OutboxEntry } from './outbox-entry.ts';

const running: Outbox[] = [];
afterEach(() => {
  for (const outbox of running.splice(0)) outbox.stop();
});

const exclusive = createExclusive({ shared: false });
const memory = () => openRecordStore<OutboxEntry>({ name: 'outbox', kind: 'memory' });

function open(
  records: RecordStore<OutboxEntry>,
  deliver: (entry: OutboxEntry) => Promise<string>,
  owner = 'ada',
): Outbox {
  const outbox = createOutbox({ name: 'test', owner: () => owner, records, exclusive, deliver });
  running.push(outbox);
  return outbox;
}

/** Resolves once the value is as wanted. */
function until<T>(readable: Readable<T>, isWanted: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const stop = readable.subscribe((value) => {
      if (!isWanted(value)) return;
      resolve(value);
      queueMicrotask(() => stop());
    });
  });
}

const isEmpty = (entries: readonly OutboxEntry[]) => entries.length === 0;
const add = (outbox: Outbox, id: string, lane = 'chat') => outbox.add({ id, lane, text: id, opening: null });
const offline = () => new ClientError('OFFLINE', 'no way', 0);

test('messages of a chat go out one by one in the order written, and are gone when acknowledged', async () => {
  const records = memory();
  const sent: string[] = [];
  let underWay = 0;
  const outbox = open(records, async (entry) => {
    underWay += 1;
    expect(underWay).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    sent.push(entry.id);
    return entry.lane;
  });
  await outbox.start();
  for (const id of ['a', 'b', 'c']) add(outbox, id);
  await until(outbox.entries, isEmpty);
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(await records.all()).toEqual([]);
});

test('a clock that is set back between two messages changes nothing of their order', async () => {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(7_200_000);
  onTestFinished(() => clock.mockRestore());
  const sent: string[] = [];
  const outbox = open(memory(), async (entry) => {
    sent.push(entry.id);
    return entry.lane;
  });
  add(outbox, 'z');
  clock.mockReturnValue(3_600_000);
  add(outbox, 'y');
  add(outbox, 'x');
  await outbox.start();
  await until(outbox.entries, isEmpty);
  expect(sent).toEqual(['z', 'y', 'x']);
});

test('what was not acknowledged survives, and goes out under the same id in the next life', async () => {
  const records = memory();
  const first = open(records, () => Promise.reject(offline()));
  await first.start();
  add(first, 'a');
  await until(first.entries, (entries) => entries[0]?.attempts === 1);
  first.stop();

  const sent: string[] = [];
  const second = open(records, async (entry) => {
    sent.push(entry.id);
    return entry.lane;
  });
  await second.start();
  second.kick();
  await until(second.entries, isEmpty);
  expect(sent).toEqual(['a']);
});

test('what the last life wrote behind an opening goes out before what this one writes in the chat', async () => {
  const records = memory();
  const first = open(records, () => Promise.reject(offline()));
  await first.start();
  first.add({ id: 'a', lane: 'pending:a', text: 'a', opening: {} });
  add(first, 'b', 'pending:a');
  await until(first.entries, ([head]) => head?.attempts === 1);
  first.stop();

  const sent: string[] = [];
  const second = open(records, async (entry) => {
    sent.push(entry.id);
    await new Promise((resolve) => setImmediate(resolve));
    return 'chat';
  });
  await second.start();
  add(second, 'c', 'chat');
  second.kick();
  await until(second.entries, isEmpty);
  expect(sent).toEqual(['a', 'b', 'c']);
});

test('what waited behind a discarded message goes out at once', async () => {
  const sent: string[] = [];
  const outbox = open(memory(), async (entry) => {
    if (entry.id === 'a') throw new ClientError('RATE_LIMITED', 'slower', 429, { retryAfterMs: 60_000 });
    sent.push(entry.id);
    return entry.lane;
  });
  await outbox.start();
  add(outbox, 'a');
  add(outbox, 'b');
  await until(outbox.entries, ([head]) => head?.attempts === 1);
  outbox.discard('a');
  await until(outbox.entries, isEmpty);
  expect(sent).toEqual(['b']);
});

test('a refused message stays with its reason until a person retries or discards it', async () => {
  const records = memory();
  let refuses = true;
  const outbox = open(records, async (entry) => {
    if (refuses && entry.id === 'bad') throw new ClientError('CHAT_CLOSED', 'The chat has ended.', 409);
    return entry.lane;
  });
  await outbox.start();
  add(outbox, 'bad');
  add(outbox, 'good');
  const [left] = await until(
    outbox.entries,
    (entries) => entries.length === 1 && entries[0]?.failure !== null,
  );
  expect(left?.failure?.code).toBe('CHAT_CLOSED');
  outbox.kick();
  expect((await records.all()).map(({ id }) => id)).toEqual(['bad']);
  refuses = false;
  outbox.retry('bad');
  await until(outbox.entries, isEmpty);
});

test('what waits behind an opening goes to the chat that it has opened', async () => {
  const records = memory();
  const sent: string[] = [];
  const outbox = open(records, async (entry) => {
    sent.push(`${entry.lane} ${entry.id}`);
    return 'real';
  });
  outbox.add({ id: 'first', lane: 'pending:first', text: 'Hello', opening: { name: 'Ada' } });
  add(outbox, 'second', 'pending:first');
  await outbox.start();
  await until(outbox.entries, isEmpty);
  expect(sent).toEqual(['pending:first first', 'real second']);
});

test('two tabs of one storage send each message once', async () => {
  const records = memory();
  const sent: string[] = [];
  const deliver = async (entry: OutboxEntry) => {
    await new Promise((resolve) => setImmediate(resolve));
    sent.push(entry.id);
    return entry.lane;
  };
  const one = open(records, deliver);
  const two = open(records, deliver);
  for (const id of ['a', 'b', 'c']) add(one, id);
  await Promise.all([one.start(), two.start()]);
  await Promise.all([until(one.entries, isEmpty), until(two.entries, isEmpty)]);
  expect(sent.toSorted()).toEqual(['a', 'b', 'c']);
});

test('nobody sends what another person wrote on the same device', async () => {
  const records = memory();
  const ada = open(records, () => Promise.reject(offline()), 'ada');
  await ada.start();
  add(ada, 'of ada');
  await until(ada.entries, (entries) => entries[0]?.attempts === 1);
  ada.stop();

  const sent: string[] = [];
  const bob = open(
    records,
    async (entry) => {
      sent.push(entry.id);
      return entry.lane;
    },
    'bob',
  );
  await bob.start();
  add(bob, 'of bob');
  await until(bob.entries, isEmpty);
  expect(sent).toEqual(['of bob']);
  expect((await records.all()).map(({ id }) => id)).toEqual(['of ada']);
});

test('what was written before its writer was known is theirs from then on', async () => {
  const records = memory();
  const writer = { name: 'not yet known' };
  const isOwner = (name: string) => name === 'not yet known';
  const deliver = () => Promise.reject(offline());
  const outbox = createOutbox({
    name: 'test',
    owner: () => writer.name,
    isOwner,
    records,
    exclusive,
    deliver,
  });
  running.push(outbox);
  await outbox.start();
  add(outbox, 'a');
  writer.name = 'ada';
  await outbox.start();
  expect(outbox.entries.get().map(({ id, owner }) => [id, owner])).toEqual([['a', 'ada']]);
  outbox.stop();
  expect((await records.all()).map(({ owner }) => owner)).toEqual(['ada']);
  const bob = open(records, deliver, 'bob');
  await bob.start();
  expect(bob.entries.get()).toEqual([]);
});

test('a message that was seen in the chat is not sent again', async () => {
  const records = memory();
  let attempts = 0;
  const outbox = open(records, async () => {
    attempts += 1;
    throw offline();
  });
  await outbox.start();
  add(outbox, 'a');
  await until(outbox.entries, (entries) => entries[0]?.attempts === 1);
  outbox.settle('a');
  outbox.kick();
  expect(outbox.entries.get()).toEqual([]);
  expect(await records.all()).toEqual([]);
  expect(attempts).toBe(1);
});

test('what is unsent goes out and is shown although the storage can no longer be read', async () => {
  onTestFinished(() => void vi.unstubAllGlobals());
  const database = installFakeIndexedDb();
  const records = openRecordStore<OutboxEntry>({ name: 'outbox', kind: 'local' });
  const log: string[] = [];
  let isOnline = false;
  const outbox = createOutbox({
    name: 'test',
    owner: () => 'ada',
    records,
    exclusive,
    async deliver(entry) {
      if (!isOnline) throw offline();
      log.push(`sent ${entry.id}`);
      return entry.lane;
    },
    onGone: (entry) => void log.push(`gone ${entry.id}`),
  });
  running.push(outbox);
  await outbox.start();
  for (const id of ['a', 'b']) add(outbox, id);
  await until(outbox.entries, ([head]) => head?.attempts === 1);
  await expect.poll(() => database.count()).toBe(2);
  database.lose();
  database.refuse(true);
  isOnline = true;
  outbox.kick();
  await until(outbox.entries, isEmpty);
  expect(log).toEqual(['sent a', 'gone a', 'sent b', 'gone b']);
});

test('a message that two places of the storage have is one', async () => {
  const records = memory();
  const first = open(records, () => Promise.reject(offline()));
  add(first, 'a');
  first.stop();
  const older = await records.all();
  const newer = older.map((entry) => ({ ...entry, attempts: 2 }));
  const twice = { ...records, all: async () => [...newer, ...older] };
  const next = open(twice, () => Promise.reject(offline()));
  await next.start();
  expect(next.entries.get().map(({ id, attempts }) => [id, attempts])).toEqual([['a', 2]]);
});

test('whoever leaves takes only what they wrote, under whichever of their names', async () => {
  const records = memory();
  const unsent = async (owner: string) => {
    const outbox = open(records, () => Promise.reject(offline()), owner);
    await outbox.start();
    add(outbox, `of ${owner}`);
    outbox.stop();
    return outbox;
  };
  await unsent('ada');
  await unsent('bob before');
  const bob = await unsent('bob');
  await bob.clear(new Set(['bob before', 'bob']));
  expect(bob.entries.get()).toEqual([]);
  expect((await records.all()).map(({ id }) => id)).toEqual(['of ada']);
});

test('an opening that is set right takes its place: what was written behind the refused one goes behind it', async () => {
  const records = memory();
  const gone: string[] = [];
  const sent: string[] = [];
  const outbox = createOutbox({
    name: 'test',
    owner: () => 'ada',
    records,
    exclusive,
    async deliver({ id, lane, opening }) {
      if (opening && !opening.email) throw new ClientError('VALIDATION_FAILED', 'email: is needed', 400);
      sent.push(`${lane} ${id}`);
      return 'chat';
    },
    onGone: ({ id }) => void gone.push(id),
  });
  running.push(outbox);
  await outbox.start();
  outbox.add({ id: 'first', lane: 'pending:first', text: 'Hello', opening: {}, attachments: ['file'] });
  for (const id of ['second', 'third']) add(outbox, id, 'pending:first');
  await until(outbox.entries, ([head]) => head?.failure !== null);
  outbox.amend('first', { id: 'again', text: 'Hello!', opening: { email: 'ada@example.com' } });
  expect(outbox.entries.get()[0]).toMatchObject({
    id: 'again',
    lane: 'pending:first',
    attachments: ['file'],
  });
  await until(outbox.entries, isEmpty);
  expect(sent).toEqual(['pending:first again', 'chat second', 'chat third']);
  // What is attached goes with its successor.
  expect(gone).toEqual(['again', 'second', 'third']);
  expect(await records.all()).toEqual([]);
});
