import { startMeddlingProxy } from '../meddling-proxy.ts';
import type { Fault } from './fault.ts';
import { createRandom } from './random.ts';
import { talkThrough } from './talk-through.ts';

/** Of so many events one comes twice, one is late, and one is lost. */
const ONE_OF = { double: 5, late: 6, lost: 10 };
/** A late event is overtaken by so many others at most. */
const OVERTAKEN = 4;

/** Events, acknowledgements and sends that come twice, events that come after later ones, and events that never come. */
export const disorderedFrames: Fault = {
  name: 'doubled, reordered and lost frames',
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
          const isEvent = isTalk && from === 'server' && frame.startsWith('42');
          const isChosen = (oneOf: number) => random() < 1 / oneOf;
          if (isTalk && isChosen(ONE_OF.double)) {
            weather.happened();
            return [frame, ...due, frame];
          }
          if (isEvent && isChosen(ONE_OF.late)) {
            weather.happened();
            const waits = 1 + Math.floor(random() * OVERTAKEN);
            late.set(connection, [...(late.get(connection) ?? []), { frame, waits }]);
            return due;
          }
          if (isEvent && isChosen(ONE_OF.lost)) {
            weather.happened();
            return due;
          }
          return [frame, ...due];
        }),
    });
  },
};
