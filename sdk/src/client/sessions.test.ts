import { expect, test } from 'vitest';
import type { authEndpoints } from '../contract/auth.ts';
import type { widgetEndpoints } from '../contract/widget.ts';
import { type KeyValueStore, memoryStore } from '../lib/storage.ts';
import { createAgentSessions } from './agent-session.ts';
import { caller } from './call.ts';
import { ClientError } from './client-error.ts';
import type { Transport } from './transport.ts';
import { createVisitorSessions } from './visitor-session.ts';

const ada = { id: 'ada', email: 'ada@example.com', name: 'Ada', role: 'agent' };
const refused = () => new ClientError('UNAUTHENTICATED', 'Who?', 401);
const offline = () => new ClientError('OFFLINE', 'No way.', 0);

/** Stands where HTTP would be: each request gets the next of the answers. */
function answering(
  ...answers: (() => unknown)[]
): Pick<Transport, 'request' | 'stop'> & { bodies: unknown[] } {
  const bodies: unknown[] = [];
  return {
    bodies,
    async request(_method, _path, options) {
      bodies.push(options?.body);
      const answer = answers.shift();
      if (!answer) throw new Error('Nobody expected this request.');
      return answer();
    },
    stop: () => undefined,
  };
}

function fail(error: ClientError): () => never {
  return () => {
    throw error;
  };
}

function agentSessions(...answers: (() => unknown)[]) {
  const log: string[] = [];
  const sessions = createAgentSessions({
    call: caller<typeof authEndpoints>(answering(...answers)),
    onToken: () => log.push('token'),
    onOver: () => log.push('over'),
  });
  return { sessions, log, status: () => sessions.current.get().status };
}

test("the cookie's session is taken up; without one the agent is signed out", async () => {
  const known = agentSessions(() => ({ token: 't1', user: ada }));
  await known.sessions.resume();
  expect([known.status(), known.sessions.jwt(), known.log]).toEqual(['signed-in', 't1', ['token']]);
  const unknown = agentSessions(fail(refused()));
  await unknown.sessions.resume();
  expect([unknown.status(), unknown.log]).toEqual(['signed-out', ['over']]);
});

test('without an answer nothing is known, and it can be asked again', async () => {
  const { sessions, status } = agentSessions(fail(offline()), () => ({ token: 't1', user: ada }));
  await expect(sessions.resume()).rejects.toMatchObject({ code: 'OFFLINE' });
  expect(status()).toBe('unknown');
  await sessions.resume();
  expect(status()).toBe('signed-in');
});

test('a refused token is renewed by the cookie, once for all who ask', async () => {
  const { sessions, log } = agentSessions(() => ({ token: 't2', user: ada }));
  await sessions.adopt(async () => ({ token: 't1', user: { ...ada, role: 'agent' as const } }));
  expect(await Promise.all([sessions.renew('t1'), sessions.renew('t1'), sessions.renew('t0')])).toEqual([
    true,
    true,
    true,
  ]);
  expect([sessions.jwt(), log]).toEqual(['t2', ['token']]);
});

test('an ended session is expired and still says whose it was; so is one whose cookie became another person', async () => {
  for (const answer of [fail(refused()), () => ({ token: 't2', user: { ...ada, id: 'bob' } })]) {
    const { sessions, status, log } = agentSessions(answer);
    await sessions.adopt(async () => ({ token: 't1', user: { ...ada, role: 'agent' as const } }));
    expect(await sessions.renew('t1')).toBe(false);
    expect([status(), sessions.current.get().user?.id, sessions.jwt(), log]).toEqual([
      'expired',
      'ada',
      null,
      ['token', 'over'],
    ]);
  }
});

test('no answer to a renewal ends no session', async () => {
  const { sessions, status } = agentSessions(fail(offline()));
  await sessions.adopt(async () => ({ token: 't1', user: { ...ada, role: 'agent' as const } }));
  await expect(sessions.renew('t1')).rejects.toMatchObject({ code: 'OFFLINE' });
  expect(status()).toBe('signed-in');
});

test('what is refused while a password changes or a person signs out waits for its outcome', async () => {
  const { sessions, status } = agentSessions();
  await sessions.adopt(async () => ({ token: 't1', user: { ...ada, role: 'agent' as const } }));
  const changed = sessions.adopt(async () => ({ token: 't2', user: { ...ada, role: 'agent' as const } }));
  expect(await sessions.renew('t1')).toBe(true);
  await changed;
  const out = sessions.signOut(async () => undefined);
  expect(await sessions.renew('t2')).toBe(false);
  await out;
  expect(status()).toBe('signed-out');
});

const visit = (token: string, id = 'v1') => ({
  visitorToken: token,
  customer: { id, name: null, email: null, verified: false },
  chat: null,
});

function visitorSessions(storage = memoryStore(), ...answers: (() => unknown)[]) {
  return visitorSessionsOf(undefined, storage, ...answers);
}

function visitorSessionsOf(
  identity: string | undefined,
  storage: KeyValueStore,
  ...answers: (() => unknown)[]
) {
  const transport = answering(...answers);
  const call = caller<typeof widgetEndpoints>(transport);
  const sessions = createVisitorSessions({
    call,
    site: 's',
    identity,
    storage,
    storageKey: 'key',
  });
  return { sessions, storage, bodies: transport.bodies };
}

test('a visitor comes back with the token of before, and gets a new one', async () => {
  const { sessions, storage, bodies } = visitorSessions(
    undefined,
    () => visit('t1'),
    () => visit('t2'),
  );
  expect(sessions.hasStored()).toBe(false);
  await Promise.all([sessions.open(), sessions.open()]);
  expect([storage.get('key'), sessions.hasStored()]).toEqual(['t1', true]);
  await visitorSessions(storage, () => visit('t2')).sessions.open();
  expect(storage.get('key')).toBe('t2');
  expect(bodies).toEqual([{ siteKey: 's' }]);
});

test('a refused visitor token is renewed; a site that wants nobody ends it; no answer ends nothing', async () => {
  const answers = [
    () => visit('t1'),
    () => visit('t2'),
    fail(offline()),
    fail(new ClientError('FORBIDDEN', 'No.', 403)),
  ];
  const { sessions } = visitorSessions(undefined, ...answers);
  expect(await sessions.token()).toBe('t1');
  expect(await sessions.renew('t1')).toBe(true);
  expect(await sessions.renew('t1')).toBe(true);
  await expect(sessions.renew('t2')).rejects.toMatchObject({ code: 'OFFLINE' });
  expect(await sessions.renew('t2')).toBe(false);
});

test('a forgotten visitor is not brought back by an answer that was under way', async () => {
  const { sessions, storage } = visitorSessions(undefined, () => visit('t1'));
  const opening = sessions.open();
  sessions.forget();
  await expect(opening).rejects.toBeInstanceOf(ClientError);
  expect([sessions.current.get(), storage.get('key')]).toEqual([null, null]);
});

/** A JWT as far as the client looks at it. */
const jwt = (claims: object) => `.${btoa(JSON.stringify(claims))}.`;

test('who writes is told apart before the server has named them, and keeps what they wrote then', async () => {
  const storage = memoryStore();
  const anonymous = visitorSessions(storage, () => visit(jwt({ customerId: 'v1' }), 'v1')).sessions;
  expect(anonymous.writer()).toBe('');
  await anonymous.open();
  expect([anonymous.writer(), anonymous.isWriter(''), anonymous.isWriter('v2')]).toEqual(['v1', true, false]);
  expect(visitorSessions(storage).sessions.writer()).toBe('v1');

  const asAda = () => visit(jwt({ customerId: 'a1' }), 'a1');
  const known = visitorSessionsOf(jwt({ sub: 'ada' }), storage, asAda).sessions;
  expect([known.writer(), known.isWriter('v1')]).toEqual(['sub:ada', false]);
  await known.open();
  expect(['a1', 'sub:ada', '', 'v1'].map(known.isWriter)).toEqual([true, true, true, false]);
  expect(visitorSessionsOf(jwt({ sub: 'ada' }), storage).sessions.writer()).toBe('a1');
  expect(visitorSessionsOf(jwt({ sub: 'bob' }), storage).sessions.writer()).toBe('sub:bob');
  expect(visitorSessions(storage).sessions.writer()).toBe('a1');
});

test('who gets another id for an old token is the same visitor, unless a site had named them', async () => {
  const storage = memoryStore();
  storage.set('key', jwt({ customerId: 'v1' }));
  const renewed = visitorSessions(storage, () => visit(jwt({ customerId: 'v2' }), 'v2')).sessions;
  await renewed.open();
  expect([renewed.writer(), renewed.isWriter('v1')]).toEqual(['v2', true]);
  await visitorSessionsOf(jwt({ sub: 'ada' }), storage, () =>
    visit(jwt({ customerId: 'a1' }), 'a1'),
  ).sessions.open();
  const next = visitorSessions(storage, () => visit(jwt({ customerId: 'v3' }), 'v3')).sessions;
  await next.open();
  expect([next.writer(), next.isWriter('a1')]).toEqual(['v3', false]);
  next.forget();
  expect([next.writer(), next.isWriter('v3'), next.isWriter('')]).toEqual(['', false, true]);
});

test('what an opening said is known of the customer, but never in place of what a site has signed', async () => {
  const chat = { id: 'c1', status: 'waiting', lastSeq: 1 } as const;
  const { sessions } = visitorSessions(undefined, () => visit('t1'));
  sessions.learn({ email: 'early@example.com' }, chat);
  expect(sessions.current.get()).toBeNull();
  await sessions.open();
  sessions.learn({ name: 'Ada', email: 'ada@example.com' }, chat);
  sessions.learn({}, chat);
  expect(sessions.current.get()).toMatchObject({ chat, customer: { name: 'Ada', email: 'ada@example.com' } });
  const signed = visitorSessions(undefined, () => ({
    ...visit('t2'),
    customer: { id: 'v2', name: 'Bob', email: null, verified: true },
  })).sessions;
  await signed.open();
  signed.learn({ name: 'Ada', email: 'ada@example.com' }, chat);
  expect(signed.current.get()?.customer).toMatchObject({ name: 'Bob', email: null });
});
