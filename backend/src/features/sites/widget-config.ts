import type { Availability, WidgetConfig } from '@wzatco/sdk/contract';
import { notFound } from '../../lib/app-error.ts';
import type { DepartmentService } from '../departments/index.ts';
import { chatRulesOf } from './chat-rules.ts';
import { offeredDepartments } from './offered-departments.ts';
import type { SiteModel, SiteRecord } from './site.model.ts';

/**
 * What a page needs to draw the widget of a site; nothing of it is secret.
 *
 * @throws NOT_FOUND for an unknown key.
 */
export async function readWidgetConfig(
  sites: SiteModel,
  departments: DepartmentService,
  key: string,
  availability: (site: SiteRecord, departmentId: string | null) => Promise<Availability>,
): Promise<WidgetConfig> {
  const site = await sites.findOne({ key }).lean();
  if (!site) throw notFound('site');
  const offered = await offeredDepartments(departments, site);
  const ofSite = await availability(site, null);
  // A department may be open by hours of its own.
  const others = ofSite.isOpen ? [] : offered.filter(({ businessHours }) => businessHours !== null);
  const ofOthers = await Promise.all(others.map(({ id }) => availability(site, id)));
  const isAway = ofSite.isAway && ofOthers.every((one) => one.isAway);
  return {
    site: { key: site.key, name: site.name },
    theme: { accent: site.theme.accent },
    texts: { title: site.texts.title, greeting: site.texts.greeting },
    departments: offered.map(({ name }) => name),
    availability: { ...ofSite, isAway },
    preChatForm: {
      name: site.preChatForm.name,
      email: site.preChatForm.email,
      department: site.preChatForm.department,
    },
    reopenWithinHours: chatRulesOf(site).reopenWithinHours,
  };
}
