import { Worker } from 'node:worker_threads';

/** A message as the person sees it. */
export interface SeenMessage {
  key: string;
  seq: number | null;
  content: string;
  mine: boolean;
}

interface Orders {
  /** Their clock is so many hours ahead from now on; behind where negative. */
  clock: { hours: number };
  open: object;
  claim: { chatId: string };
  send: { texts: readonly string[] };
  type: object;
  /** Asks the server for something: its answer shows that there is a way again. */
  look: object;
  /** Waits until so many others write. */
  seeTyping: { count: number };
  /** Waits until everything is here up to this number, and all of theirs is stored. */
  see: { lastSeq: number };
  stop: object;
}

export interface Answers {
  clock: void;
  open: string;
  claim: void;
  send: string[];
  type: void;
  look: void;
  seeTyping: void;
  see: SeenMessage[];
  stop: void;
}

export type Order<Name extends keyof Answers> = Orders[Name];
export interface Wish {
  id: number;
  name: keyof Answers;
  order: unknown;
}

/** A customer, or the agent of an e-mail address, whose device has a clock of its own. */
export interface ClockedPerson {
  ask<Name extends keyof Answers>(name: Name, order: Order<Name>): Promise<Answers[Name]>;
  leave(): Promise<void>;
}

/** @example const ada = clockedPerson(server.url, null); await ada.ask('clock', { hours: 1 }); */
export function clockedPerson(url: string, email: string | null, password = ''): ClockedPerson {
  const thread = new Worker(new URL('./clock-thread.ts', import.meta.url), {
    workerData: { url, email, password },
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let count = 0;
  thread.on('message', ({ id, value, error }: { id: number; value: unknown; error?: string }) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(value);
    else one?.reject(new Error(error));
  });
  thread.on('error', (error) => {
    for (const one of waiting.values()) one.reject(error);
  });
  const person: ClockedPerson = {
    async ask(name, order) {
      count += 1;
      const wait = Promise.withResolvers<unknown>();
      waiting.set(count, wait);
      thread.postMessage({ id: count, name, order } satisfies Wish);
      return (await wait.promise) as Answers[typeof name];
    },
    async leave() {
      await person.ask('stop', {});
      await thread.terminate();
    },
  };
  return person;
}
