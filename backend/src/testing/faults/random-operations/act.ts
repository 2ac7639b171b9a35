import { ClientError, type ChatMessage, type ChatStore } from '@wzatco/sdk';
import { until } from '../../until.ts';
import type { AgentAct, CustomerAct, Operation } from './operations.ts';
import type { Agent, Customer, Staff, Talker } from './people.ts';

/** A message that one of the two wrote, by the name that its client gave it. */
export interface Written {
  by: Operation['who'];
  key: string;
  /** Tried again, or thrown away, by its writer: its place among the others says nothing. */
  isMeddledWith: boolean;
}

/** A conversation under way, with all that is known of it from outside. */
export interface Scene {
  customer: Customer;
  agent: Agent;
  staff: Staff;
  written: Written[];
  /** Calls that may still be answered. */
  pending: Promise<void>[];
  /** Refusals that nobody should have got. */
  faults: string[];
}

/** A client may be refused so, given what others did meanwhile. */
const EXPECTED = new Set(['OFFLINE', 'CHAT_CLOSED', 'FORBIDDEN', 'CONFLICT', 'NOT_FOUND']);
const MANY = 60;
/** The longest pause, in milliseconds. */
const PAUSE = 60;

let texts = 0;
const text = () => `text ${(texts += 1)}`;

/** Has the server not heard of it? */
export const isPending = (chatId: string): boolean => chatId.startsWith('pending:');

/** Does it, where it can be done now; its answer is not waited for. */
export async function act(scene: Scene, operation: Operation): Promise<void> {
  const { who, does, n } = operation;
  const started = who === 'customer' ? actAsCustomer(scene, does, n) : actAsAgent(scene, does, n);
  const watched = started.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ClientError && EXPECTED.has(error.code)) return;
      scene.faults.push(`${who} ${does}: ${String(error)}`);
    },
  );
  if (does === 'pause' || does === 'mend' || does === 'reload') await watched;
  else scene.pending.push(watched);
}

async function actAsCustomer(scene: Scene, does: CustomerAct, n: number): Promise<unknown> {
  const { customer } = scene;
  const store = customer.store();
  switch (does) {
    case 'close':
      return store?.close();
    case 'rate':
      return store?.rate(RATINGS[n % RATINGS.length] ?? 5, n % 2 ? text() : undefined);
    case 'send':
      if (store) return void send(scene, 'customer', store);
      return customer.client().openChat({ name: 'Carla', message: text() });
    case 'openAgain':
      return customer.client().openChat({ message: text() });
    default:
      return actAsAnybody(scene, 'customer', does, n);
  }
}

const RATINGS = [1, 2, 3, 4, 5] as const;

async function actAsAgent(scene: Scene, does: AgentAct, n: number): Promise<unknown> {
  const { agent, customer, staff } = scene;
  const chats = agent.client().chats;
  const id = customer.store()?.id ?? agent.store()?.id;
  if (!id || isPending(id)) return;
  switch (does) {
    case 'watch':
      return agent.watch(id);
    case 'claim':
      agent.watch(id);
      return chats.assign(id);
    case 'transfer':
      return chats.transfer(id, { agentId: staff.colleagueId, note: text() });
    case 'toDepartment':
      return chats.transfer(id, { department: n % 2 ? 'Sales' : 'Technical' });
    case 'takeBack':
      return staff.boss.chats.assign(id, staff.elsewhere.session.get().user?.id ?? '');
    case 'colleagueWrites':
      return writeOnce(staff.colleague.chats.open(id));
    case 'note':
      return chats.addNote(id, { content: text() });
    case 'tag':
      return chats.setTags(id, [text()]);
    case 'send':
      return send(scene, 'agent', agent.store());
    case 'close':
      return agent.store()?.close();
    default:
      return actAsAnybody(scene, 'agent', does, n);
  }
}

type CommonAct = Exclude<CustomerAct & AgentAct, 'send' | 'close'>;

async function actAsAnybody(scene: Scene, who: Written['by'], does: CommonAct, n: number): Promise<unknown> {
  const talker: Talker = scene[who];
  const { way } = talker;
  const store = talker.store();
  const own = pick(store, n, ({ mine, id, deletedAt }) => mine && id !== null && !deletedAt);
  const failed = pick(store, n, ({ state }) => state === 'failed');
  switch (does) {
    case 'sendMany':
      for (let count = 0; count < MANY; count += 1) send(scene, who, store);
      return;
    case 'edit':
      return own?.id ? store?.edit(own.id, `${own.content}, ${text()}`) : undefined;
    case 'delete':
      return own?.id ? store?.remove(own.id) : undefined;
    case 'read':
      return store?.markRead();
    case 'pageBack':
      return store?.loadOlder();
    case 'type':
      return store?.setTyping(n % 3 > 0);
    case 'retry':
      if (failed) store?.retry(meddleWith(scene, failed));
      return;
    case 'discard':
      if (failed) store?.discard(meddleWith(scene, failed));
      return;
    case 'cut':
      return way.cut();
    case 'mend':
      return way.mend();
    case 'shake':
      return way.shake();
    case 'loseSocket':
      return way.leadSockets(false);
    case 'reload':
      return talker.reload();
    case 'pause':
      return Bun.sleep(n % PAUSE);
  }
}

function send(scene: Scene, by: Written['by'], store: ChatStore | null): void {
  if (store) scene.written.push({ by, key: store.send(text()), isMeddledWith: false });
}

function pick(store: ChatStore | null, n: number, fits: (message: ChatMessage) => boolean) {
  const found = store?.state.get().messages.filter(fits) ?? [];
  return found[n % Math.max(found.length, 1)];
}

function meddleWith(scene: Scene, { key }: ChatMessage): string {
  const known = scene.written.find((message) => message.key === key);
  if (known) known.isMeddledWith = true;
  return key;
}

/** A colleague writes, whether or not they may. */
async function writeOnce(store: ChatStore): Promise<void> {
  const key = store.send(text());
  await until(store.state, ({ messages }) => {
    return messages.some((message) => message.key === key && message.state !== 'sending');
  });
  store.discard(key);
  store.dispose();
}
