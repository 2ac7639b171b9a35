import type { ChatRecord } from '../chat/index.ts';
import { routeQueues } from './route-queues.ts';
import type { RoutingNeeds } from './routing-needs.ts';

/** Looks at queues whenever something happens that may find a chat an agent. */
export interface Router {
  /**
   * Looks at the queues of some departments, null being that of none. What comes while a look is under way is looked at
   * by the next one. Resolves when it is done.
   *
   * @param fresh a chat that has just begun to wait in one of them
   */
  route(departmentIds: readonly (string | null)[], fresh?: ChatRecord): Promise<void>;
}

export function createRouter(needs: RoutingNeeds): Router {
  const queues = new Set<string | null>();
  let fresh: ChatRecord[] = [];
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    while (queues.size > 0) {
      const [departmentIds, begun] = [[...queues], fresh];
      queues.clear();
      fresh = [];
      if (await routeQueues(needs, departmentIds, begun)) for (const id of departmentIds) queues.add(id);
    }
  }

  return {
    route(departmentIds, begun) {
      for (const id of departmentIds) queues.add(id);
      if (begun) fresh.push(begun);
      looking ??= look().finally(() => (looking = null));
      return looking;
    },
  };
}
