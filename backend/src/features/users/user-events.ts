import type { UserRecord } from './user.model.ts';

declare module '../../lib/bus.ts' {
  interface DomainEvents {
    /** Rights, department, name or status of a user have changed. */
    'user.changed': { user: UserRecord };
  }
}
