import type { EndpointParsed, Site, siteEndpoints } from '@wzatco/sdk/contract';
import { AppError, notFound } from '../../lib/app-error.ts';
import type { Bus } from '../../lib/bus.ts';
import type { Context } from '../../lib/context.ts';
import { createSecretToken } from '../../lib/secret-token.ts';
import type { DepartmentService } from '../departments/index.ts';
import { chatRulesOf, type ChatRulesCache } from './chat-rules.ts';
import { routingOf } from './routing-of-site.ts';
import type { SiteModel, SiteRecord } from './site.model.ts';

declare module '../../lib/bus.ts' {
  interface DomainEvents {
    'site.changed': { site: SiteRecord };
  }
}

type Update = EndpointParsed<(typeof siteEndpoints)['PATCH /api/sites/:id']>;

/** Sites are few: an installation's brands. */
const MOST = 1_000;

/** The rules of sites: only admins come this far. */
export interface SiteService {
  /** All of them. */
  list(): Promise<Site[]>;
  /** @throws NOT_FOUND */
  get(id: string): Promise<Site>;
  /**
   * A new secret that signs identities, instead of the one before; told here and never again.
   *
   * @throws NOT_FOUND
   */
  makeIdentitySecret(id: string): Promise<{ identitySecret: string }>;
  /** @throws NOT_FOUND, VALIDATION_FAILED for an unknown department. */
  update(context: Context, input: Update): Promise<Site>;
}

interface Needs {
  sites: SiteModel;
  departments: DepartmentService;
  chatRules: ChatRulesCache;
  bus: Bus;
}

export function createSiteService({ sites, departments, chatRules, bus }: Needs): SiteService {
  return {
    async list() {
      const records = await sites.find().limit(MOST).lean();
      return Promise.all(records.map((record) => toSite(record, departments)));
    },

    async get(id) {
      const record = await sites.findById(id).lean();
      if (!record) throw notFound('site');
      return toSite(record, departments);
    },

    async makeIdentitySecret(id) {
      const identitySecret = createSecretToken();
      const { matchedCount } = await sites.updateOne({ _id: id }, { $set: { identitySecret } });
      if (matchedCount === 0) throw notFound('site');
      return { identitySecret };
    },

    async update(_context, { params, body }) {
      await checkIdleTimes(sites, params.id, body);
      const { departments: names, ...fields } = body;
      const change = {
        ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
        ...(names ? { departmentIds: await Promise.all(names.map((name) => departments.idOf(name))) } : {}),
      };
      const record = await sites
        .findOneAndUpdate({ _id: params.id }, { $set: change }, { returnDocument: 'after' })
        .lean();
      if (!record) throw notFound('site');
      chatRules.forget(params.id);
      bus.publish('site.changed', { site: record });
      return toSite(record, departments);
    },
  };
}

/** A warning comes before the end that it warns of. */
async function checkIdleTimes(sites: SiteModel, id: string, body: Update['body']): Promise<void> {
  if (body.idleWarningMinutes === undefined && body.idleCloseMinutes === undefined) return;
  const site = await sites.findById(id).lean();
  if (!site) throw notFound('site');
  const rules = chatRulesOf(site);
  const warning = body.idleWarningMinutes ?? rules.idleWarningMinutes;
  const close = body.idleCloseMinutes ?? rules.idleCloseMinutes;
  if (close > 0 && warning >= close) {
    throw new AppError('VALIDATION_FAILED', 'idleWarningMinutes: must be less than idleCloseMinutes');
  }
}

async function toSite(record: SiteRecord, departments: DepartmentService): Promise<Site> {
  const names = await Promise.all(record.departmentIds.map((id) => departments.nameOf(String(id))));
  return {
    id: String(record._id),
    key: record.key,
    name: record.name,
    allowedOrigins: record.allowedOrigins,
    requireIdentity: record.requireIdentity,
    theme: { accent: record.theme.accent },
    texts: { title: record.texts.title, greeting: record.texts.greeting },
    departments: names.filter((name) => name !== null),
    preChatForm: {
      name: record.preChatForm.name,
      email: record.preChatForm.email,
      department: record.preChatForm.department,
    },
    ...chatRulesOf(record),
    ...routingOf(record),
  };
}
