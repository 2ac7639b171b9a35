import { dropUnwelcome } from './drop-unwelcome.ts';
import { isStaff, seesAllDepartments, type UserActor } from './lib/context.ts';
import type { LiveSocket } from './lib/on-event.ts';
import { rooms } from './lib/rooms.ts';
import { tellOpenOffers } from './features/routing/index.ts';
import type { Features } from './features.ts';
import type { UserRecord } from './features/users/index.ts';

/**
 * Puts a new connection into the rooms of its person, where a customer's is since it was accepted, and counts an agent
 * as there. A session that ended, or a right or a site that changed, while the connection was made is found here: it missed the
 * word.
 */
export async function enterRooms(features: Features, socket: LiveSocket): Promise<void> {
  const { actor } = socket.data;
  if (actor.kind === 'visitor') return dropUnwelcome(features, [socket]);
  await socket.join(userRooms(actor));
  if (!(await isStillSo(features, actor))) {
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
  await tellOpenOffers(features.routing, actor.id, (offer) => socket.emit('chat_offered', offer));
}

/** Is the user who they were when the token was checked? */
async function isStillSo({ models }: Features, actor: UserActor): Promise<boolean> {
  const [session, user] = await Promise.all([
    models.sessions.exists({ _id: actor.sessionId, isActive: true }),
    models.users.findById(actor.id).lean(),
  ]);
  return session !== null && stillHolds(actor, user);
}

/** Does the user's record say what was true of the actor? */
export function stillHolds(actor: UserActor, user: UserRecord | null | undefined): boolean {
  return (
    user?.status === 'active' &&
    user.role === actor.role &&
    (user.departmentId && String(user.departmentId)) === actor.departmentId &&
    user.permissions.join() === actor.permissions.join()
  );
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
