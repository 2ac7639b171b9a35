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
  const [, isSo] = await Promise.all([
    // Before anything is awaited: who says at once that they are online is there by then, and gets what waits.
    isStaff(actor) ? arrive(features, socket, actor.id) : null,
    joinRooms(features, socket, actor),
  ]);
  if (!isSo) socket.disconnect(true);
  if (!isSo || !isStaff(actor)) return;
  socket.emit('agent_presence_update', {
    agentId: actor.id,
    status: features.presence.statusOf(actor.id),
    timestamp: features.chat.now().toISOString(),
  });
  await tellOpenOffers(features.routing, actor.id, (offer) => socket.emit('chat_offered', offer));
}

function arrive({ presence }: Features, socket: LiveSocket, agentId: string): Promise<unknown> {
  socket.once('disconnect', () => presence.disconnected(agentId));
  return presence.connected(agentId);
}

/** Whether they may stay; looked at once they hear of changes. */
async function joinRooms(features: Features, socket: LiveSocket, actor: UserActor): Promise<boolean> {
  await socket.join(userRooms(actor));
  return isStillSo(features, actor);
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
