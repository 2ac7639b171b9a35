import type { Availability } from '@wzatco/sdk/contract';
import { isOpenAt, nextOpening } from '../../lib/business-hours.ts';
import type { DepartmentService } from '../departments/index.ts';
import type { PresenceService } from '../presence/index.ts';
import { routingOf, type SiteRecord } from '../sites/index.ts';

interface Needs {
  presence: Pick<PresenceService, 'available'>;
  departments: DepartmentService;
  now: () => Date;
}

/** Is somebody there for a site's customers: in a department, by its hours if it has any of its own, or in any? */
export async function readAvailability(
  { presence, departments, now }: Needs,
  site: SiteRecord,
  departmentId: string | null,
): Promise<Availability> {
  const { businessHours, routingPolicy } = routingOf(site);
  const hours = (await departments.hoursOf(departmentId)) ?? businessHours;
  const agents = await presence.available();
  const there = agents.filter(
    (agent) => departmentId === null || String(agent.departmentId) === departmentId,
  );
  const isOpen = isOpenAt(hours, now());
  const opensAt = isOpen ? null : nextOpening(hours, now());
  // Who claims chats by hand need not say that they are online.
  const isAway = !isOpen || (routingPolicy !== 'manual' && there.length === 0);
  return { isOpen, isAway, ...(opensAt ? { opensAt: opensAt.toISOString() } : {}) };
}
