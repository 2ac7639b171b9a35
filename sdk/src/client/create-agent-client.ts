import type { AgentClient, AgentClientOptions } from './agent-client.ts';

/** The staff's side of WZATCO. */
export function createAgentClient(options: AgentClientOptions): AgentClient {
  throw new Error(`The client of ${options.server} is being written.`);
}
