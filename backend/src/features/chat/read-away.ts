import type { Availability } from '@wzatco/sdk/contract';
import { routingOf, type SiteRecord } from '../sites/index.ts';
import { awayText } from './away-text.ts';
import type { ChatNeeds } from './chat-needs.ts';

/** What a customer is told besides who leaves a message. */
const KEPT = 'Your message is kept, and we answer as soon as we are back.';

/** Whether somebody is there for a chat, and what its customer is told where nobody is. */
export interface Away {
  availability: Availability;
  /** Why nobody answers now; null where somebody may. */
  reason: string | null;
  /** The same, with what becomes of the message. */
  notice: string | null;
}

/** Asked when a chat begins to wait. */
export async function readAway(
  needs: ChatNeeds,
  site: SiteRecord,
  departmentId: string | null,
): Promise<Away> {
  const { businessHours } = routingOf(site);
  const [availability, ownHours] = await Promise.all([
    needs.availability(site, departmentId),
    needs.departments.hoursOf(departmentId),
  ]);
  const reason = awayText(ownHours ?? businessHours, availability);
  return { availability, reason, notice: reason === null ? null : `${reason} ${KEPT}` };
}
