import { signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, TransferTarget } from '@wzatco/sdk';
import { failureText } from './failure-text.ts';

/** Whom a chat can be handed over to. */
export interface TransferChoice {
  /** Names it in a form. */
  key: string;
  label: string;
  target: TransferTarget;
}

/** Handing a chat over: to whom, and why. */
export interface TransferModel {
  /** Agents who are there, then departments; null until they are known. */
  choices: ReadonlySignal<readonly TransferChoice[] | null>;
  failure: ReadonlySignal<string | null>;
  /** Asks who is there now. */
  load(): Promise<void>;
}

/** @param without the id of the agent who has the chat */
export function createTransferModel(client: AgentClient, without: string | null): TransferModel {
  const choices = signal<readonly TransferChoice[] | null>(null);
  const failure = signal<string | null>(null);
  return {
    choices,
    failure,
    async load() {
      failure.value = null;
      try {
        const [agents, departments] = await Promise.all([client.users.online(), client.departments.list()]);
        choices.value = [
          ...agents
            .filter(({ id }) => id !== without)
            .map(({ id, name, department, status }) => ({
              key: `agent ${id}`,
              label: [name, status, department].filter((part) => part !== null).join(' · '),
              target: { agentId: id },
            })),
          ...departments.map(({ name }) => ({
            key: `department ${name}`,
            label: `The queue of ${name}`,
            target: { department: name },
          })),
        ];
      } catch (error) {
        failure.value = failureText(error);
      }
    },
  };
}
