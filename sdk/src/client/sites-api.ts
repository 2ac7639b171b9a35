import type { EndpointInput } from '../contract/endpoints.ts';
import type { Site, siteEndpoints } from '../contract/sites.ts';

export type UpdateSiteInput = EndpointInput<(typeof siteEndpoints)['PATCH /api/sites/:id']>['body'];

/** The websites that embed the widget; admins only. */
export interface SitesApi {
  /**
   * All sites, by name.
   *
   * @example
   * const site = (await client.sites.list()).find(({ key }) => key === 'default');
   */
  list(): Promise<Site[]>;
  /**
   * One site. `NOT_FOUND` where there is none of this id.
   *
   * @example
   * const { allowedOrigins } = await client.sites.get(id);
   */
  get(id: string): Promise<Site>;
  /**
   * Changes a site; what is not named stays.
   *
   * @example
   * await client.sites.update(site.id, { allowedOrigins: ['https://www.example.com'] });
   */
  update(id: string, input: UpdateSiteInput): Promise<Site>;
  /**
   * Makes the secret with which the backend of the site signs identities, instead of the one before. It is told this
   * once: keep it there.
   *
   * @example
   * const secret = await client.sites.makeIdentitySecret(site.id);
   */
  makeIdentitySecret(id: string): Promise<string>;
}
