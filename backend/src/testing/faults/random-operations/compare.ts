import type { ChatMessage, ChatState, ChatStore, Readable } from '@wzatco/sdk';
import { CHAT_STATUSES } from '@wzatco/sdk/contract/constants';
import { trusted } from 'mongoose';
import type { Features } from '../../../features.ts';
import { until } from '../../until.ts';
import type { Outcome } from '../fault.ts';
import { isPending, type Scene } from './act.ts';

/** How long a client may take until it shows what is stored, in milliseconds. */
const PATIENCE = 60_000;
/** A message may be refused so, given what others did meanwhile. */
const REFUSALS = new Set(['CHAT_CLOSED', 'FORBIDDEN']);

/**
 * What is on a screen, as far as the server decides it and tells it at once: neither who writes or looks now, nor what
 * only the other side is told of.
 */
function shown(state: ChatState, who: string): string[] {
  const { chatId, status, department, agent, read, rating, closedBy, lastSeq, lastRev, queuePosition } =
    state;
  const facts = { chatId, status, department, agent, read, rating, closedBy, lastSeq };
  const told = who === 'the customer' ? { queuePosition } : { lastRev };
  const parts = [{ ...facts, ...told, error: state.error?.code }, ...state.messages.filter(isStored)];
  return parts.map((part) => JSON.stringify(part));
}

const isStored = ({ seq }: ChatMessage) => seq !== null;

/** Where the two differ, line by line; null where they do not. */
function difference(
  name: string,
  [left, a]: [string, readonly string[]],
  [right, b]: [string, readonly string[]],
): string | null {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    if (a[at] !== b[at]) return `${name}\n  ${left}: ${a[at]}\n  ${right}: ${b[at]}`;
  }
  return null;
}

/** A person's screen beside that of a client that has just fetched all of it. */
export async function compareScreens(name: string, old: ChatStore, fresh: ChatStore): Promise<string[]> {
  for (const store of [old, fresh]) await showAll(store);
  const look = () =>
    difference(
      `${name} does not see what there is`,
      ['sees ', shown(old.state.get(), name)],
      ['fresh', shown(fresh.state.get(), name)],
    );
  return until(either(old.state, fresh.state), () => look() === null, PATIENCE).then(
    () => [],
    () => [look() ?? `${name} saw it late`],
  );
}

async function showAll(store: ChatStore): Promise<void> {
  await calm(store);
  while (store.state.get().hasOlder) await store.loadOlder();
}

/**
 * The chat on a customer's screen, none where they have none, once no opening is under way: until then one tab may
 * show a chat still to be opened, and another store in its place when another tab has opened it.
 *
 * @param other What another tab shows: where it has a chat, so must this one.
 */
export async function begun(
  shownNow: () => ChatStore | null,
  other: ChatStore | null = null,
): Promise<ChatStore | null> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const store = shownNow();
    const isOpening = store && isPending(store.id) && !store.state.get().messages.some(isFailed);
    const isMissing = store === null && other !== null && !isPending(other.id);
    if ((!isOpening && !isMissing) || performance.now() > end) return store;
    await Bun.sleep(20);
  }
}

const isFailed = ({ state }: ChatMessage) => state === 'failed';

/** Everything is here, and everything written has arrived or was refused. */
export async function calm({ state }: ChatStore): Promise<void> {
  await until(state, isCalm, PATIENCE).catch(() => {
    const { messages, loading, stale } = state.get();
    const waiting = messages.filter((message) => message.state === 'sending').length;
    throw new Error(
      `not calm: ${waiting} are on their way${loading ? ', loading' : ''}${stale ? ', stale' : ''}`,
    );
  });
}

/** Tells of changes of the one and the other. */
function either<T>(one: Readable<T>, other: Readable<T>): Readable<T> {
  return {
    get: one.get,
    subscribe(listener) {
      const stops = [one.subscribe(listener), other.subscribe(listener)];
      return () => stops.forEach((stop) => stop());
    },
  };
}

function isCalm({ loading, stale, messages, error }: ChatState): boolean {
  return (!loading && !stale && messages.every(({ state }) => state !== 'sending')) || error !== null;
}

/** A screen beside the database, and the numbering in the database itself. */
export async function compareStored(features: Features, store: ChatStore): Promise<string[]> {
  const refused = store.state.get().messages.filter(({ error }) => error && !REFUSALS.has(error.code));
  const strange = refused.map(({ content, error }) => `'${content}' was refused: ${error?.message}`);
  const end = performance.now() + PATIENCE;
  for (;;) {
    const found = await besideStored(features, store);
    // What nobody waits for, such as a read mark, may still be on its way.
    if (found.length === 0 || performance.now() > end) return [...strange, ...found];
    await Bun.sleep(20);
  }
}

async function besideStored({ chat }: Features, store: ChatStore): Promise<string[]> {
  const [record, messages] = await Promise.all([
    chat.chats.findById(store.id).lean(),
    chat.messages.find({ chatId: store.id }).sort({ seq: 1 }).lean(),
  ]);
  const state = store.state.get();
  const seen = state.messages.filter(isStored).map(({ seq, id, content, editedAt, deletedAt, timestamp }) => {
    return `${seq} ${id} ${timestamp} ${content} ${editedAt} ${deletedAt}`;
  });
  const kept = messages.map(({ seq, _id, content, editedAt, deletedAt, createdAt }) => {
    const [at, edited, deleted] = [createdAt, editedAt, deletedAt].map((date) => date?.toISOString() ?? null);
    return `${seq} ${String(_id)} ${at} ${content} ${edited} ${deleted}`;
  });
  const facts = ({ status, lastSeq, read }: Pick<ChatState, 'status' | 'lastSeq' | 'read'>) =>
    `${status}, ${lastSeq} messages, read by customer ${read.customer}, by agent ${read.agent}`;
  const read = { customer: record?.readByCustomer ?? -1, agent: record?.readByAgent ?? -1 };
  const stored = { status: record?.status ?? 'closed', lastSeq: record?.lastSeq ?? -1, read };
  const gaps = messages.flatMap(({ seq }, at) => (seq === at + 1 ? [] : [`message ${at + 1} is ${seq}`]));
  const found = difference(
    'what is stored is not what is seen',
    ['seen  ', [facts(state), ...seen]],
    ['stored', [facts(stored), ...kept]],
  );
  return found === null ? gaps : [...gaps, found];
}

/**
 * What became of everything written: stored once, in the order written; or still on the device, refused with a reason
 * that its writer sees; or thrown away by them.
 */
export async function compareWritten({ chat }: Features, { written, customer }: Scene): Promise<Outcome> {
  const customerId = customer.client().session.get()?.customer.id ?? '';
  const chats = await chat.chats.find({ customerId, status: trusted({ $in: CHAT_STATUSES }) }).lean();
  const messages = await chat.messages
    .find({ chatId: trusted({ $in: chats.map(({ _id }) => _id) }) })
    .sort({ chatId: 1, seq: 1 })
    .lean();
  const byKey = Map.groupBy(messages, ({ clientMessageId }) => clientMessageId ?? '');
  const device = everythingKept();
  const counts = { sent: 0, acknowledged: 0, stored: 0, displayed: 0 };
  const faults: string[] = [];
  const last = new Map<string, { seq: number; content: string }>();
  for (const { by, key, isMeddledWith } of written) {
    const [message, ...more] = byKey.get(key) ?? [];
    const isKept = device.includes(key);
    if (more.length > 0) faults.push(`doubled: ${message?.content} of the ${by}`);
    if (!message && (isKept || isMeddledWith)) continue;
    counts.sent += 1;
    if (!isKept) counts.acknowledged += 1;
    if (!message) {
      faults.push(`lost: ${key} of the ${by}`);
      continue;
    }
    counts.stored += 1;
    const lane = `${by} ${String(message.chatId)}`;
    if (isMeddledWith) continue;
    const before = last.get(lane);
    if (before && message.seq < before.seq) {
      const [now, then] = [message, before].map(({ content, seq }) => `${content} (${seq})`);
      faults.push(`out of order: ${then} and ${now} of the ${by}`);
    }
    last.set(lane, message);
  }
  return { ...counts, faults };
}

function everythingKept(): string {
  const names = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '');
  return names.map((name) => localStorage.getItem(name)).join('\n');
}
