import { signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, CreatedUser, CreateUserInput, Department, User } from '@wzatco/sdk';
import { failureText } from './failure-text.ts';

export type { CreatedUser, CreateUserInput, Department, User };

/** The team's list: users by name, searched by the server. */
export interface UsersModel {
  users: ReadonlySignal<readonly User[]>;
  loading: ReadonlySignal<boolean>;
  more: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  departments: ReadonlySignal<readonly Department[]>;
  /** Shows who matches `q` ('' for all). */
  search(q: string): Promise<void>;
  loadMore(): Promise<void>;
  loadDepartments(): Promise<void>;
  /** Creates a user; rejects with the client's error. */
  create(input: CreateUserInput): Promise<CreatedUser>;
  /** Suspends a user, which ends their sessions at once, or lets them in again. */
  setSuspended(id: string, suspended: boolean): Promise<void>;
}

export function createUsersModel(client: AgentClient): UsersModel {
  const users = signal<readonly User[]>([]);
  const loading = signal(false);
  const cursor = signal<string | null>(null);
  const more = signal(false);
  const failure = signal<string | null>(null);
  const departments = signal<readonly Department[]>([]);
  let query = '';
  let run = 0;

  const load = async (from: string | null) => {
    const mine = ++run;
    loading.value = true;
    failure.value = null;
    try {
      const page = await client.users.list({
        limit: 50,
        ...(query !== '' && { q: query }),
        ...(from !== null && { cursor: from }),
      });
      if (mine !== run) return;
      const before = from === null ? [] : users.peek();
      users.value = [...before, ...page.items.filter(({ id }) => before.every((user) => user.id !== id))];
      cursor.value = page.nextCursor;
      more.value = page.nextCursor !== null;
    } catch (error) {
      if (mine === run) failure.value = failureText(error);
    } finally {
      if (mine === run) loading.value = false;
    }
  };

  const replace = (user: User) => {
    users.value = users.peek().map((each) => (each.id === user.id ? user : each));
  };

  return {
    users,
    loading,
    more,
    failure,
    departments,
    search(q) {
      query = q.trim().slice(0, 100);
      return load(null);
    },
    async loadMore() {
      if (!loading.peek() && cursor.peek() !== null) await load(cursor.peek());
    },
    async loadDepartments() {
      if (departments.peek().length === 0) departments.value = await client.departments.list();
    },
    async create(input) {
      const created = await client.users.create(input);
      await load(null);
      return created;
    },
    async setSuspended(id, suspended) {
      replace(await client.users.update(id, { status: suspended ? 'suspended' : 'active' }));
    },
  };
}
