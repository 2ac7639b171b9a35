import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { LiveServer } from '../lib/on-event.ts';
import type { Logger } from '../lib/log.ts';
import type { RedisLink } from './redis-link.ts';

export type LiveAdapter = NonNullable<Parameters<LiveServer['adapter']>[0]>;

/** The stream keeps about so many of the last words: for processes that are behind, not for those that were away. */
const KEPT = 10_000;
/** How often an empty entry is written, so that a reader knows where in the stream it is, in milliseconds. */
const MARK_EVERY = 2_000;

/**
 * Socket.IO's adapter over a stream of Redis, made so that Redis is never waited for: people of this process hear at
 * once, and while Redis is away they go on hearing; what is told meanwhile reaches those of other processes by
 * catching up. Returns the adapter, and the stop.
 */
export function liveAdapter(link: RedisLink, prefix: string, log: Logger): [LiveAdapter, () => void] {
  const streamName = `${prefix}:live`;
  const makeAdapter = createAdapter(link.patient, {
    streamName,
    channelPrefix: streamName,
    maxLen: KEPT,
    onlyPlaintext: true,
  });
  // Until its first entry, the reader asks for what comes after its asking, and would miss what comes in between.
  const timer = setInterval(() => {
    if (!link.isThere()) return;
    link.commands
      .xadd(streamName, 'MAXLEN', '~', KEPT, '*', 'mark', '')
      .catch((error: unknown) => log.debug({ err: error }, 'the stream was not marked'));
  }, MARK_EVERY);

  /** A function and not an arrow: Socket.IO calls it with `new`. */
  function make(namespace: unknown) {
    const adapter = makeAdapter(namespace);
    const publish = adapter.doPublish.bind(adapter);
    adapter.doPublish = (message) => {
      if (link.isThere()) {
        Promise.resolve(publish(message)).catch((error: unknown) =>
          log.debug({ err: error }, 'the other processes were not told'),
        );
      }
      return Promise.resolve('');
    };
    return adapter;
  }
  // A class to Socket.IO's types, a function that returns an object to the language.
  return [make as unknown as LiveAdapter, () => clearInterval(timer)];
}
