import { forbidden } from '../../lib/app-error.ts';
import type { Actor } from '../../lib/context.ts';

/** Whose an upload is, as its record says. */
export interface Owner {
  ownerKind: 'customer' | 'user';
  ownerId: string;
}

/** @throws FORBIDDEN for nobody */
export function ownerOf(actor: Actor): Owner {
  if (actor.kind === 'none') throw forbidden();
  return actor.kind === 'visitor'
    ? { ownerKind: 'customer', ownerId: actor.customerId }
    : { ownerKind: 'user', ownerId: actor.id };
}
