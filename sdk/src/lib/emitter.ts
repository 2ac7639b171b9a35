import { callSafely } from './readable.ts';

/** Events by name, each with one payload. */
export interface Emitter<Events> {
  /** Listens, and answers the unsubscribe. */
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** Calls the event's listeners in the order they came. One that throws does not stop the others. */
  emit<E extends keyof Events>(event: E, payload: Events[E]): void;
}

/**
 * A typed emitter.
 *
 * @example
 * const events = createEmitter<{ saved: { id: string } }>();
 * const off = events.on('saved', ({ id }) => show(id));
 * events.emit('saved', { id: '1' });
 * off();
 */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners: { [E in keyof Events]?: Set<{ call: (payload: Events[E]) => void }> } = {};
  return {
    on(event, call) {
      const listener = { call };
      const set = (listeners[event] ??= new Set());
      set.add(listener);
      return () => void set.delete(listener);
    },
    emit(event, payload) {
      for (const { call } of Array.from(listeners[event] ?? [])) callSafely(call, payload);
    },
  };
}
