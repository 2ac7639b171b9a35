import { startLineProxy, type Fate, type Piece } from '../line-proxy.ts';
import type { Fault } from './fault.ts';
import { createRandom } from './random.ts';
import { talkThrough } from './talk-through.ts';

/** A message on its way to the server, by either way. */
const isSend = ({ from, text }: Piece): boolean =>
  from === 'client' && (/^42\d+\["(?:send|agent)_message"/.test(text) || text.startsWith('POST /api/chats'));

/** The server's word that it has stored one. */
const isAcknowledgement = ({ from, text }: Piece): boolean =>
  from === 'server' &&
  (/^43\d+\[{"success":true.*"clientMessageId"/.test(text) || text.startsWith('HTTP/1.1 201'));

/** The connection breaks and the server never hears of the message. */
export const cutBeforeSend = cutting('cut before the send arrives', {
  chance: (piece) => (isSend(piece) ? 0.3 : 0),
  after: () => 0,
});

/** The message is stored, and its sender does not learn it. */
export const cutBeforeAcknowledgement = cutting('cut after the commit, before the acknowledgement', {
  chance: (piece) => (isAcknowledgement(piece) ? 0.3 : 0),
  after: () => 0,
});

/** The connection breaks in the middle of whatever is on it: a handshake, a message, an answer. */
export const cutInFrame = cutting('cut in the middle of a frame', {
  chance: () => 0.05,
  after: ({ size }, random) => 1 + Math.floor(random() * (size - 1)),
});

function cutting(
  name: string,
  { chance, after }: { chance(piece: Piece): number; after(piece: Piece, random: () => number): number },
): Fault {
  return {
    name,
    run({ seed, size, rounds = size === 'long' ? 300 : 5 }) {
      const random = createRandom(seed);
      return talkThrough({
        times: rounds,
        start: (target, weather) =>
          startLineProxy(target, (piece): Fate => {
            if (!weather.isWild() || random() >= chance(piece)) return 'pass';
            weather.happened();
            return { cutAfter: after(piece, random) };
          }),
      });
    },
  };
}
