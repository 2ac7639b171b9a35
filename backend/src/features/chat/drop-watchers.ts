import type { Actor } from '../../lib/context.ts';
import type { LiveServer } from '../../lib/on-event.ts';

/** Sends those out of a room of watchers who may not stay. */
export type DropWatchers = (room: string, mayStay: (actor: Actor) => boolean) => Promise<void>;

/** @example const drop = createDropWatchers(io); await drop(rooms.chatAgents(id), (actor) => maySee(actor, chat)); */
export function createDropWatchers(io: LiveServer): DropWatchers {
  return async (room, mayStay) => {
    for (const socket of await io.in(room).fetchSockets()) {
      if (!mayStay(socket.data.actor)) socket.leave(room);
    }
  };
}
