import type { Site } from '@wzatco/sdk/contract';
import type { SiteRecord } from './site.model.ts';

/** How a site's chats find an agent, and when. */
export type SiteRouting = Pick<
  Site,
  'routingPolicy' | 'offerSeconds' | 'returnToPreviousAgent' | 'businessHours'
>;

/** What a site says, and what is so where it says nothing. */
export function routingOf(site: SiteRecord): SiteRouting {
  return {
    routingPolicy: site.routingPolicy ?? 'manual',
    offerSeconds: site.offerSeconds ?? 30,
    returnToPreviousAgent: site.returnToPreviousAgent ?? true,
    businessHours: site.businessHours ?? null,
  };
}
