export { readAvailability } from './availability.ts';
export { broadcastRouting, tellOpenOffers } from './broadcast-routing.ts';
export { readDepartmentUse } from './department-use.ts';
export { defineRoutingDecisionModel } from './routing-decision.model.ts';
export type { RoutingNeeds } from './routing-needs.ts';
export { createRoutingHandlers } from './routing.routes.ts';
export { createRoutingEvents } from './routing.socket.ts';
export { startRouting } from './start-routing.ts';
export { readWorkload } from './workload.ts';
