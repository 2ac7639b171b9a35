import { isStaff, seesAllDepartments, type UserActor } from './lib/context.ts';
import type { LiveSocket } from './lib/on-event.ts';
import { rooms } from './lib/rooms.ts';
import type { Features } from './features.ts';

/**
 * Puts a new connection into the rooms of its person, and counts an agent as there.
 * A session that ended while the connection was made is found here: it missed the word to leave.
 */
export async function enterRooms(features: Features, socket: LiveSocket): Promise<void> {
  const { actor } = socket.data;
  if (actor.kind === 'visitor') {
    await socket.join(rooms.customer(actor.customerId));
    return;
  }
  await socket.join(userRooms(actor));
  if (!(await features.models.sessions.exists({ _id: actor.sessionId, isActive: true }))) {
    socket.disconnect(true);
    return;
  }
  if (!socket.connected || !isStaff(actor)) return;
  socket.once('disconnect', () => features.presence.disconnected(actor.id));
  const status = await features.presence.connected(actor.id);
  socket.emit('agent_presence_update', {
    agentId: actor.id,
    status,
    timestamp: features.chat.now().toISOString(),
  });
}

function userRooms(actor: UserActor): string[] {
  const own = [rooms.user(actor.id), rooms.session(actor.sessionId)];
  if (!isStaff(actor)) return own;
  return [
    ...own,
    rooms.staff,
    ...(actor.departmentId ? [rooms.department(actor.departmentId)] : []),
    ...(seesAllDepartments(actor) ? [rooms.allDepartments] : []),
  ];
}
