import type { EndpointParsed, VisitorSession, widgetEndpoints } from '@wzatco/sdk/contract';
import { AuthenticationError, forbidden, notFound, unauthenticated } from '../../lib/app-error.ts';
import { addressKey } from '../../lib/client-ip.ts';
import type { Context } from '../../lib/context.ts';
import { verifyIdentity, type IdentityClaims, type Tokens } from '../../lib/jwt.ts';
import type { RateLimit } from '../../lib/rate-limit.ts';
import type { CustomerModel, CustomerRecord } from '../customers/index.ts';
import type { SiteOrigins } from './site-origins.ts';
import type { SiteModel, SiteRecord } from './site.model.ts';

interface Needs {
  sites: SiteModel;
  customers: CustomerModel;
  tokens: Tokens;
  origins: SiteOrigins;
  /** Counts new customers of one address. */
  newVisitors: RateLimit;
  /** The chat that the widget shows at once. */
  currentChat: (customerId: string) => Promise<VisitorSession['chat']>;
  now: () => Date;
}

type Input = EndpointParsed<(typeof widgetEndpoints)['POST /api/widget/session']>['body'];

/**
 * Gives a page its visitor token: for the customer of the token it brings, for the one whom the site vouches for,
 * else for a new one.
 *
 * @throws NOT_FOUND for an unknown site, FORBIDDEN for a page that may not embed it, UNAUTHENTICATED for an
 * identity that is not signed with the site's secret or is missing where the site requires one.
 */
export function createVisitorSessions(needs: Needs) {
  const { sites, customers, tokens, origins, now } = needs;

  /** The customer of a token from before; any token that does not fit is as good as none. */
  async function returning(token: string | undefined, site: SiteRecord): Promise<CustomerRecord | null> {
    const claims = token ? await tokens.verifyVisitor(token) : null;
    if (!claims || claims.siteId !== String(site._id)) return null;
    return customers
      .findOneAndUpdate(
        { _id: claims.customerId },
        { $set: { lastSeenAt: now() } },
        { returnDocument: 'after' },
      )
      .lean();
  }

  async function vouchedFor(identity: IdentityClaims, site: SiteRecord): Promise<CustomerRecord> {
    const { sub, name, email } = identity;
    const record = await customers
      .findOneAndUpdate(
        { siteId: site._id, externalId: sub },
        {
          $set: { verified: true, lastSeenAt: now(), ...(name ? { name } : {}), ...(email ? { email } : {}) },
        },
        { upsert: true, returnDocument: 'after' },
      )
      .lean();
    if (!record) throw new Error('A customer with a signed identity could not be stored.');
    return record;
  }

  async function identified(identity: string | undefined, site: SiteRecord): Promise<IdentityClaims | null> {
    if (identity === undefined) {
      if (site.requireIdentity) throw unauthenticated('This site asks its visitors to be signed in.');
      return null;
    }
    const claims = await verifyIdentity(identity, site.identitySecret, now());
    if (!claims)
      throw unauthenticated(
        'identity: is not a valid, unexpired token with a `sub`, signed with the secret of this site.',
      );
    return claims;
  }

  return async function openVisitorSession(context: Context, input: Input): Promise<VisitorSession> {
    const site = await sites.findOne({ key: input.siteKey }).lean();
    if (!site) throw notFound('site');
    if (!origins.allows(site, context.origin, context.serverOrigin)) {
      throw forbidden(
        `The site "${site.key}" does not allow pages of ${context.origin}. Add it to the allowed origins.`,
      );
    }
    const identity = await identified(input.identity, site);
    let customer = identity ? await vouchedFor(identity, site) : await returning(input.visitorToken, site);
    if (!customer) {
      await needs.newVisitors.use(addressKey(context.ip));
      customer = (await customers.create({ siteId: site._id, lastSeenAt: now() })).toObject();
    }
    const customerId = String(customer._id);
    return {
      visitorToken: await tokens.signVisitor({ customerId, siteId: String(site._id) }),
      customer: { id: customerId, name: customer.name, email: customer.email, verified: customer.verified },
      chat: await needs.currentChat(customerId),
    };
  };
}

/** Loads a site that a visitor's token names. @throws UNAUTHENTICATED when it is gone. */
export async function siteOfToken(sites: SiteModel, siteId: string): Promise<SiteRecord> {
  const site = await sites.findById(siteId).lean();
  if (!site) throw new AuthenticationError('user', 'The site of this token is gone.');
  return site;
}
