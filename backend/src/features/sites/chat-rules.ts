import type { Site } from '@wzatco/sdk/contract';
import { AuthenticationError } from '../../lib/app-error.ts';
import type { SiteModel, SiteRecord } from './site.model.ts';

/** What a site says about the life of its chats. */
export type ChatRules = Pick<
  Site,
  'reopenWithinHours' | 'idleWarningMinutes' | 'idleCloseMinutes' | 'allowSeveralChats'
>;

/** What a site says, and what is so where it says nothing. */
export function chatRulesOf(site: SiteRecord): ChatRules {
  return {
    reopenWithinHours: site.reopenWithinHours ?? 24,
    // An answer that comes the next day is welcome, unless a site decides otherwise.
    idleWarningMinutes: site.idleWarningMinutes ?? 0,
    idleCloseMinutes: site.idleCloseMinutes ?? 0,
    allowSeveralChats: site.allowSeveralChats ?? false,
  };
}

/** The rules of sites, which messages ask for: kept in memory for a while. */
export interface ChatRulesCache {
  /** @throws UNAUTHENTICATED when the site is gone. */
  of(siteId: string): Promise<ChatRules>;
  /** A site has changed; other processes notice when their time is over. */
  forget(siteId: string): void;
}

/** How long another process may go by old rules, in milliseconds. */
const KEPT = 5_000;

export function createChatRules(sites: SiteModel, now: () => Date): ChatRulesCache {
  const kept = new Map<string, { rules: Promise<ChatRules>; until: number }>();
  async function load(siteId: string): Promise<ChatRules> {
    const site = await sites.findById(siteId).lean();
    if (!site) throw new AuthenticationError('user', 'The site of this chat is gone.');
    return chatRulesOf(site);
  }
  return {
    of(siteId) {
      const at = now().getTime();
      const known = kept.get(siteId);
      if (known && known.until > at) return known.rules;
      const rules = load(siteId);
      kept.set(siteId, { rules, until: at + KEPT });
      rules.catch(() => kept.delete(siteId));
      return rules;
    },
    forget: (siteId) => void kept.delete(siteId),
  };
}
