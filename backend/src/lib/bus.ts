import { createInFlight } from './in-flight.ts';
import type { Logger } from './log.ts';

/** What happened in the product, by name. Features extend it: `declare module` beside what they publish. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by the features
export interface DomainEvents {}

type EventName = keyof DomainEvents;
type Listener<Name extends EventName> = (event: DomainEvents[Name]) => void | Promise<void>;

/**
 * Domain events within the process: what happened is published after it is committed; who listens cannot undo it
 * and cannot fail it.
 */
export interface Bus {
  publish<Name extends EventName>(name: Name, event: DomainEvents[Name]): void;
  /** Resolves when no listener is at work, or after `timeout` milliseconds; false then. */
  idle(timeout: number): Promise<boolean>;
  /** Returns the unsubscribe. */
  subscribe<Name extends EventName>(name: Name, listener: Listener<Name>): () => void;
}

/**
 * @example
 * const bus = createBus(log);
 * const stop = bus.subscribe('chat.closed', ({ chat }) => log.info({ chatId: chat._id }, 'closed'));
 */
export function createBus(log: Logger): Bus {
  const inFlight = createInFlight();
  const listeners = new Map<EventName, Set<Listener<EventName>>>();
  const failed = (name: EventName) => (error: unknown) =>
    log.error({ err: error, event: name }, 'a bus listener failed');
  return {
    publish(name, event) {
      for (const listener of listeners.get(name) ?? []) {
        try {
          const result = listener(event);
          if (result instanceof Promise) inFlight.run(() => result).catch(failed(name));
        } catch (error) {
          failed(name)(error);
        }
      }
    },
    idle: inFlight.idle,
    subscribe(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      const entry = listener as Listener<EventName>;
      set.add(entry);
      return () => set.delete(entry);
    },
  };
}
