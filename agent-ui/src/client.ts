import { createAgentClient, type AgentClient } from '@wzatco/sdk';

/** The console's one connection to the server, which is the server that the page came from. */
export function createConsoleClient(): AgentClient {
  return createAgentClient({ server: window.location.origin });
}
