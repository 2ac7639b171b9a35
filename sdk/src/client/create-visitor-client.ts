import type { VisitorClient, VisitorClientOptions } from './visitor-client.ts';

/** The customer's side of WZATCO. */
export function createVisitorClient(options: VisitorClientOptions): VisitorClient {
  throw new Error(`The client of ${options.server} is being written.`);
}
