import type { EndpointParsed, Site, siteEndpoints } from '@wzatco/sdk/contract';
import { notFound } from '../../lib/app-error.ts';
import type { Context } from '../../lib/context.ts';
import type { DepartmentService } from '../departments/index.ts';
import type { SiteModel, SiteRecord } from './site.model.ts';

type Update = EndpointParsed<(typeof siteEndpoints)['PATCH /api/sites/:id']>;

/** Sites are few: an installation's brands. */
const MOST = 1_000;

/** The rules of sites: only admins come this far. */
export interface SiteService {
  list(): Promise<Site[]>;
  /** @throws NOT_FOUND, VALIDATION_FAILED for an unknown department. */
  update(context: Context, input: Update): Promise<Site>;
}

export function createSiteService(sites: SiteModel, departments: DepartmentService): SiteService {
  return {
    async list() {
      const records = await sites.find().sort({ name: 1 }).limit(MOST).lean();
      return Promise.all(records.map((record) => toSite(record, departments)));
    },

    async update(_context, { params, body }) {
      const { departments: names, ...fields } = body;
      const change = {
        ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
        ...(names ? { departmentIds: await Promise.all(names.map((name) => departments.idOf(name))) } : {}),
      };
      const record = await sites
        .findOneAndUpdate({ _id: params.id }, { $set: change }, { returnDocument: 'after' })
        .lean();
      if (!record) throw notFound('site');
      return toSite(record, departments);
    },
  };
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
  };
}
