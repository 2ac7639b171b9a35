export { createChatRules, type ChatRulesCache } from './chat-rules.ts';
export { ensureDefaultSite } from './ensure-default-site.ts';
export { offeredDepartments } from './offered-departments.ts';
export { routingOf, type SiteRouting } from './routing-of-site.ts';
export { createSiteOrigins, type SiteOrigins } from './site-origins.ts';
export { createSiteService, type SiteService } from './site.service.ts';
export { defineSiteModel, type SiteModel, type SiteRecord } from './site.model.ts';
export { createVisitorSessions, siteOfToken } from './visitor-session.ts';
export { readWidgetConfig } from './widget-config.ts';
