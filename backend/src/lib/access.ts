import type { Access } from '@wzatco/sdk/contract';
import { forbidden, unauthenticated } from './app-error.ts';
import type { Actor } from './context.ts';

/**
 * The first gate, from the contract's table: may this kind of actor call at all? What it reaches within
 * (own, department, assigned) is the service's part, since only it knows the thing.
 *
 * @throws UNAUTHENTICATED for nobody, FORBIDDEN for a role that the table does not name.
 */
export function checkAccess(access: Access, actor: Actor): void {
  if (access === 'public') return;
  if (actor.kind === 'none') throw unauthenticated();
  const role = actor.kind === 'visitor' ? 'visitor' : actor.role;
  if (!(role in access)) throw forbidden();
}
