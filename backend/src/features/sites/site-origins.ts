import type { SiteModel, SiteRecord } from './site.model.ts';

/** Which pages may talk for which site. */
export interface SiteOrigins {
  /** May any site's widget run there? The door's question, before the site is known. */
  anyAllows(origin: string): Promise<boolean>;
  /** May this site's widget run there? */
  allows(
    site: Pick<SiteRecord, 'allowedOrigins' | 'key'>,
    origin: string | null,
    serverOrigin: string,
  ): boolean;
}

const LOCALHOST = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * The server's own origin and an absent one (a program, not a page) are always admitted; in development the site
 * `default` allows every localhost origin.
 */
export function createSiteOrigins(sites: SiteModel, development: boolean): SiteOrigins {
  const localhostAllowed = (origin: string) => development && LOCALHOST.test(origin);
  return {
    async anyAllows(origin) {
      return localhostAllowed(origin) || (await sites.exists({ allowedOrigins: origin })) !== null;
    },
    allows(site, origin, serverOrigin) {
      if (origin === null || origin === serverOrigin) return true;
      return site.allowedOrigins.includes(origin) || (site.key === 'default' && localhostAllowed(origin));
    },
  };
}
