import { againstServer, storedIn } from './against-server.ts';
import { displaysAtRest } from './come-to-rest.ts';
import type { Outcome } from './fault.ts';
import type { History } from './history.ts';
import { talkAlone, talkByClients, type Talker } from './talkers.ts';

/** So long may it take until something has gone wrong often enough, in milliseconds. */
const PATIENCE = 10 * 60_000;

/** Is it time for something to go wrong, and somebody who counts it. */
export interface Weather {
  isWild(): boolean;
  happened(): void;
}

/** What stands between clients and the server. */
export interface Trouble {
  url: string;
  /** The weather is calm again. */
  calm?(): void;
  stop(): unknown;
}

/** How people talk through trouble. */
export interface TroubledTalk {
  /** So often it has to happen. */
  times: number;
  start(target: string, weather: Weather): Trouble | Promise<Trouble>;
  /** Who talks; usually two customers with their agent, and one who waits. */
  gather?(url: string, history: History): Promise<Talker[]>;
}

/**
 * People write to a server by a way on which something goes wrong, so many times; then the way is good, and all come
 * to rest.
 *
 * @example const outcome = await talkThrough({ times: 10, start: (target, weather) => startProxy(target, weather) });
 */
export function talkThrough({ times, start, gather = usual }: TroubledTalk): Promise<Outcome> {
  return againstServer(async (server, history) => {
    const enough = Promise.withResolvers<void>();
    let count = 0;
    let isWild = false;
    const trouble = await start(server.url, {
      isWild: () => isWild,
      happened() {
        count += 1;
        if (count === times) enough.resolve();
      },
    });
    const late = setTimeout(() => enough.reject(new Error(`it happened ${count} times only`)), PATIENCE);
    try {
      const talkers = await gather(trouble.url, history);
      isWild = true;
      await enough.promise;
      isWild = false;
      trouble.calm?.();
      return { displays: await displaysAtRest(talkers, () => storedIn(server)), note: `${count} times` };
    } finally {
      clearTimeout(late);
      await trouble.stop();
    }
  });
}

/** Two customers with their agent, and one who waits. */
export async function usual(url: string, history: History): Promise<Talker[]> {
  return [
    ...(await talkByClients(url, history)),
    ...(await talkByClients(url, history)),
    await talkAlone(url, history),
  ];
}
