import { startMeddlingProxy } from '../meddling-proxy.ts';
import type { Fault } from './fault.ts';
import { createRandom } from './random.ts';
import { talkThrough } from './talk-through.ts';

/** Of so many events one is late, and one comes twice. */
const ONE_OF = 5;
/** A late event is overtaken by so many others at most. */
const OVERTAKEN = 4;

/** Events, acknowledgements and sends that come twice, and events that come after later ones. */
export const disorderedFrames: Fault = {
  name: 'doubled and reordered frames',
  run({ seed, size, rounds = size === 'long' ? 2_000 : 60 }) {
    const random = createRandom(seed);
    /** By connection: what is late, and how many others it waits for. */
    const late = new Map<number, { frame: string; waits: number }[]>();
    const overtake = (connection: number, all: boolean): string[] => {
      const waiting = (late.get(connection) ?? []).map((one) => ({ ...one, waits: one.waits - 1 }));
      const isDue = ({ waits }: { waits: number }) => all || waits <= 0;
      late.set(
        connection,
        waiting.filter((one) => !isDue(one)),
      );
      return waiting.filter(isDue).map(({ frame }) => frame);
    };
    return talkThrough({
      times: rounds,
      start: (target, weather) =>
        startMeddlingProxy(target, (frame, from, connection) => {
          const due = from === 'server' ? overtake(connection, !weather.isWild()) : [];
          // Handshakes, pings and pongs are the connection's own affair.
          const isTalk = /^4[23]/.test(frame) && weather.isWild();
          if (isTalk && random() < 1 / ONE_OF) {
            weather.happened();
            return [frame, ...due, frame];
          }
          if (isTalk && from === 'server' && frame.startsWith('42') && random() < 1 / ONE_OF) {
            weather.happened();
            const waits = 1 + Math.floor(random() * OVERTAKEN);
            late.set(connection, [...(late.get(connection) ?? []), { frame, waits }]);
            return due;
          }
          return [frame, ...due];
        }),
    });
  },
};
