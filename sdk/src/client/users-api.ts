import type { EndpointInput, EndpointReply, Page } from '../contract/endpoints.ts';
import type { Colleague, OnlineAgent, User, userEndpoints } from '../contract/users.ts';
import type { ListQuery } from './list-query.ts';

type Users = typeof userEndpoints;

export type UserQuery = ListQuery<EndpointInput<Users['GET /api/users']>['query']>;
export type CreateUserInput = EndpointInput<Users['POST /api/users']>['body'];
export type UpdateUserInput = EndpointInput<Users['PATCH /api/users/:id']>['body'];
/** The new user; `invitationUrl` where no password was given. */
export type CreatedUser = EndpointReply<Users['POST /api/users']>;
export type Workload = EndpointReply<Users['GET /api/users/agents/:agentId/workload']>;

/** The people who log in. */
export interface UsersApi {
  /**
   * One page of users by name; admins only. `q` searches name and e-mail.
   *
   * @example
   * const { items, nextCursor } = await client.users.list({ role: 'agent', limit: 50 });
   */
  list(query?: UserQuery): Promise<Page<User>>;
  /**
   * One user; admins only. `NOT_FOUND` where there is none of this id.
   *
   * @example
   * const { name, lastActiveAt } = await client.users.get(id);
   */
  get(id: string): Promise<User>;
  /**
   * Creates a user; admins only. `CONFLICT` where the address is taken.
   *
   * @example
   * const { invitationUrl } = await client.users.create({ email: 'bob@example.com', name: 'Bob', role: 'agent' });
   */
  create(input: CreateUserInput): Promise<CreatedUser>;
  /**
   * Changes a user; admins only. Suspending one ends their sessions at once.
   *
   * @example
   * await client.users.update(id, { department: 'Sales' });
   */
  update(id: string, input: UpdateUserInput): Promise<User>;
  /**
   * All agents who are there now, by name.
   *
   * @example
   * const free = (await client.users.online()).filter(({ status }) => status === 'online');
   */
  online(): Promise<OnlineAgent[]>;
  /**
   * All active agents and admins by name, oneself among them, whether they are there or not.
   *
   * @example
   * const names = (await client.users.colleagues()).map(({ name }) => name);
   */
  colleagues(): Promise<Colleague[]>;
  /**
   * An agent's open work: numbers of active chats and open tickets.
   *
   * @example
   * const { totalWorkload } = await client.users.workload(agent.id);
   */
  workload(agentId: string): Promise<Workload>;
}
