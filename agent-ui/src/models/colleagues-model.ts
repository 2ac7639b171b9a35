import { signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Colleague } from '@wzatco/sdk';
import { failureText } from './failure-text.ts';
import type { PresenceModel } from './presence-model.ts';

export type { Colleague };

/** Who works here, whether they are there or not. */
export interface ColleaguesModel {
  /** By name, oneself among them; empty until they are known. */
  people: ReadonlySignal<readonly Colleague[]>;
  /** Why they are not known, or not as they are now; null otherwise. */
  failure: ReadonlySignal<string | null>;
  /** Asks who they are and who is there, unless that was just asked. */
  load(): Promise<void>;
}

/** Milliseconds for which an answer is good enough: people come and go by the day, presence is told live. */
const FRESH = 60_000;

/** @example const colleagues = createColleaguesModel(client, presence); await colleagues.load(); */
export function createColleaguesModel(
  client: Pick<AgentClient, 'connection'> & { users: Pick<AgentClient['users'], 'colleagues'> },
  presence: Pick<PresenceModel, 'load'>,
): ColleaguesModel {
  const people = signal<readonly Colleague[]>([]);
  const failure = signal<string | null>(null);
  let askedAt = -Infinity;

  client.connection.subscribe(() => {
    // What happened while it was away was told to nobody here.
    askedAt = -Infinity;
  });
  return {
    people,
    failure,
    async load() {
      const now = performance.now();
      if (now - askedAt < FRESH) return;
      askedAt = now;
      try {
        const [all] = await Promise.all([client.users.colleagues(), presence.load()]);
        people.value = all;
        failure.value = null;
      } catch (error) {
        askedAt = -Infinity;
        failure.value = failureText(error);
      }
    },
  };
}
