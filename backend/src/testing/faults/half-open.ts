import { startLineProxy, type Fate, type Piece } from '../line-proxy.ts';
import type { Fault } from './fault.ts';
import { createRandom } from './random.ts';
import { talkThrough, usual } from './talk-through.ts';
import { lookOn } from './talkers.ts';

/** How a connection is dead: which way nothing comes through any more, and whether it does so later, when nobody expects it. */
interface Death {
  ways: readonly Piece['from'][];
  fate: 'drop' | 'hold';
  /** So many messages were entrusted to it since. */
  inVain: number;
}

const WAYS: readonly Death['ways'][] = [['client'], ['server'], ['client', 'server']];
/** So many live pieces pass between two deaths, on average. */
const PIECES = 20;
/** So many messages may a client entrust to a dead connection before it notices. */
const IN_VAIN = 1;

/** Connections from which nothing comes any more, and which nobody closes: no one is told. */
export const halfOpen: Fault = {
  name: 'half-open connections',
  async run({ seed, size, rounds = size === 'long' ? 30 : 2 }) {
    const random = createRandom(seed);
    const deaths = new Map<number, Death>();
    const unnoticed = new Set<string>();
    const meet = ({ connection, from, text }: Piece): Fate => {
      const death = deaths.get(connection);
      if (death && isSend(text)) death.inVain += 1;
      if (death?.inVain === IN_VAIN + 1) unnoticed.add(`connection ${connection} is dead, and still in use`);
      return death?.ways.includes(from) ? death.fate : 'pass';
    };
    const outcome = await talkThrough({
      times: rounds,
      async gather(url, history) {
        const talkers = await usual(url, history);
        // Who says nothing learns of the end from the pings that do not come, which takes longer than a short form may.
        const watched = size === 'long' ? talkers.slice(0, 1) : [];
        return [...talkers, ...(await Promise.all(watched.map(({ chatId }) => lookOn(url, chatId))))];
      },
      async start(target, weather) {
        const line = await startLineProxy(target, (piece) => {
          const isNew = weather.isWild() && !deaths.has(piece.connection) && deaths.size < rounds;
          if (isNew && /^4[23]/.test(piece.text) && random() < 1 / PIECES) {
            const ways = WAYS[Math.floor(random() * WAYS.length)] ?? [];
            deaths.set(piece.connection, { ways, fate: random() < 0.5 ? 'drop' : 'hold', inVain: 0 });
            weather.happened();
          }
          return meet(piece);
        });
        const calm = () => {
          // What was only held up lives again.
          for (const [connection, { fate }] of deaths) if (fate === 'hold') deaths.delete(connection);
          line.release();
        };
        return { ...line, calm };
      },
    });
    return { ...outcome, faults: [...outcome.faults, ...unnoticed] };
  },
};

const isSend = (text: string): boolean => /^42\d+\["(?:send|agent)_message"/.test(text);
