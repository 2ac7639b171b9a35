import type { LiveServer, LiveSocket } from './on-event.ts';

/** Rooms belong to people and things, never to sockets: the only place where their names are made. */
export const rooms = {
  /** Every device of a user. */
  user: (userId: string) => `user:${userId}`,
  /** Every socket of a login session. */
  session: (sessionId: string) => `session:${sessionId}`,
  /** Every device of a customer: the customer's side of all their chats, so that no connection has to join them. */
  customer: (customerId: string) => `customer:${customerId}`,
  /** All agents and admins. */
  staff: 'staff',
  /** Agents of a department. */
  department: (departmentId: string) => `dept:${departmentId}`,
  /** Admins, and agents who may see every department. */
  allDepartments: 'dept:all',
  /** Agents who are watching a chat. */
  chatAgents: (chatId: string) => `chat:${chatId}:agents`,
};

/** The chat whose watchers' room this is, null for any other room. */
export function watchedChat(room: string): string | null {
  return /^chat:([0-9a-f]{24}):agents$/.exec(room)?.[1] ?? null;
}

/** The rooms of those who see a chat in their list: its department's agents, or everybody's where it has none. */
export function departmentRooms(departmentId: string | null): string[] {
  return departmentId ? [rooms.department(departmentId), rooms.allDepartments] : [rooms.staff];
}

/** A room's connections to this process; Socket.IO's own way would ask all others, and wait for their answer. */
export function socketsOf(io: LiveServer, room: string): LiveSocket[] {
  const ids = [...(io.sockets.adapter.rooms.get(room) ?? [])];
  return ids.flatMap((id) => io.sockets.sockets.get(id) ?? []);
}
