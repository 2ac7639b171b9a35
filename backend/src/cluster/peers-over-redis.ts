import { randomUUID } from 'node:crypto';
import type { Logger } from '../lib/log.ts';
import type { Peers, PeerWord, PeerWords } from '../lib/peers.ts';
import { createAcquaintances } from './acquaintances.ts';
import type { RedisLink } from './redis-link.ts';

declare module '../lib/peers.ts' {
  interface PeerWords {
    /** I live. `isNew`: and know nothing of what was told so far. */
    'peer.lives': { isNew: boolean };
  }
}

/** How often a process says that it lives, in milliseconds. */
const LIVES_EVERY = 5_000;

type Listener = (payload: never, from: string) => void | Promise<void>;

/** Peers that hear each other over one channel of Redis. Returns them, and the stop. */
export function peersOverRedis(link: RedisLink, prefix: string, log: Logger): [Peers, () => void] {
  const channel = `${prefix}:peers`;
  const self = randomUUID();
  const listeners = new Map<PeerWord, Set<Listener>>();
  const onMeet = new Set<() => void>();
  const onGone = new Set<(from: string) => void>();
  const others = createAcquaintances();
  const ears = link.patient.duplicate();

  function tell<Word extends PeerWord>(word: Word, payload: PeerWords[Word]): void {
    if (!link.isThere()) return;
    link.commands
      .publish(channel, JSON.stringify({ from: self, word, payload }))
      .catch((error: unknown) => log.debug({ err: error, word }, 'the other processes were not told'));
  }

  function hear<Word extends PeerWord>(
    word: Word,
    listener: (payload: PeerWords[Word], from: string) => void | Promise<void>,
  ): () => void {
    const set = listeners.get(word) ?? new Set();
    listeners.set(word, set);
    // The map pairs each word with its own listeners; its type cannot say so.
    const entry = listener as Listener;
    set.add(entry);
    return () => set.delete(entry);
  }

  function heard(text: string): void {
    const { from, word, payload } = JSON.parse(text) as { from: string; word: PeerWord; payload: never };
    if (from === self) return;
    // Its first word, or the first after it was taken for dead: it is asked for the others.
    if (others.note(from)) tell('peer.lives', { isNew: true });
    for (const listener of listeners.get(word) ?? []) {
      Promise.resolve()
        .then(() => listener(payload, from))
        .catch((error: unknown) => log.error({ err: error, word }, 'what another process said was lost'));
    }
  }

  ears.subscribe(channel).catch((error: unknown) => log.debug({ err: error }, 'not subscribed'));
  ears.on('message', (_channel, text) => heard(text));
  hear('peer.lives', ({ isNew }) => {
    if (isNew) for (const listener of onMeet) listener();
  });
  link.onReady(() => {
    others.forgive();
    tell('peer.lives', { isNew: true });
    for (const listener of onMeet) listener();
  });
  const timer = setInterval(() => {
    tell('peer.lives', { isNew: false });
    // While nobody can be heard, the last word counts.
    if (!link.isThere()) return;
    for (const from of others.takeDead()) for (const listener of onGone) listener(from);
  }, LIVES_EVERY);

  const peers: Peers = {
    tell,
    hear,
    onBack: link.onBack,
    onMeet: (listener) => added(onMeet, listener),
    onGone: (listener) => added(onGone, listener),
    areNear: link.isThere,
  };
  return [peers, () => clearInterval(timer)];
}

function added<T>(set: Set<T>, entry: T): () => void {
  set.add(entry);
  return () => set.delete(entry);
}
