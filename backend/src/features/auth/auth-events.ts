declare module '../../lib/bus.ts' {
  interface DomainEvents {
    /** Login sessions were ended: their sockets end with them. */
    'sessions.ended': { sessionIds: string[] };
  }
}
export {};
