import { trusted } from 'mongoose';
import { isOpenAt, nextOpening } from '../../lib/business-hours.ts';
import { routingOf, type SiteRecord, type SiteRouting } from '../sites/index.ts';
import type { RoutingNeeds } from './routing-needs.ts';

/** The sites whose waiting chats are offered by the server: few, an installation's brands. */
export async function readAutomaticSites({ chat: { sites } }: RoutingNeeds): Promise<SiteRecord[]> {
  return sites.find({ routingPolicy: trusted({ $in: ['round_robin', 'least_busy'] }) }).lean();
}

/** The sites that are open now for a department, by id; and when the first of the others opens. */
export async function openSites(
  { chat: { departments, now } }: RoutingNeeds,
  sites: readonly SiteRecord[],
  departmentId: string | null,
): Promise<{ open: Map<string, SiteRouting>; opensAt: Date | null }> {
  const at = now();
  const own = await departments.hoursOf(departmentId);
  const routings = sites.map((site) => ({ id: String(site._id), ...routingOf(site) }));
  const hoursOf = ({ businessHours }: SiteRouting) => own ?? businessHours;
  const open = routings.filter((site) => isOpenAt(hoursOf(site), at));
  const openings = routings
    .filter((site) => !open.includes(site))
    .flatMap((site) => nextOpening(hoursOf(site), at)?.getTime() ?? []);
  return {
    open: new Map(open.map((site) => [site.id, site])),
    opensAt: openings.length > 0 ? new Date(Math.min(...openings)) : null,
  };
}
