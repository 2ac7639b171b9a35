import './presence-events.ts';

export { noteRequests } from './note-requests.ts';
export { createPresenceService, type PresenceService } from './presence.service.ts';
