export { createHealthHandlers, type Health } from './health.routes.ts';
