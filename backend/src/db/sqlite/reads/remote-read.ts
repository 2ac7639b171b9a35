import type { Document } from '../values/bson.ts';
import type { OpenRead } from './open-read.ts';
import type { ReadRequest } from './read-request.ts';
import { receiveBatch, receiveError, sendRequest } from './thread-messages.ts';
import type { FromThread, SentRequest } from './thread-messages.ts';

/** The line to the thread that does the read. */
export type Line = {
  readonly ask: (count: number, request: SentRequest | undefined) => Promise<FromThread>;
  readonly close: () => void;
};

/** What one message brings at most: decoding it must not hold up the calling thread. */
const MAX_BATCH = 500;

/** A read in another thread. */
export class RemoteRead implements OpenRead {
  readonly #line: Line;
  #request: SentRequest | undefined;
  #isDone = false;

  constructor(request: ReadRequest, line: Line) {
    this.#request = sendRequest(request);
    this.#line = line;
  }

  async next(count: number): Promise<Document[]> {
    const found: Document[] = [];
    while (!this.#isDone && found.length < count) {
      for (const document of await this.#batch(count - found.length)) found.push(document);
    }
    return found;
  }

  close(): void {
    if (!this.#isDone) this.#line.close();
    this.#isDone = true;
  }

  async #batch(count: number): Promise<Document[]> {
    const request = this.#request;
    this.#request = undefined;
    const answer = await this.#line.ask(Math.min(count, MAX_BATCH), request);
    if ('error' in answer) {
      this.#isDone = true;
      throw receiveError(answer.error);
    }
    this.#isDone = answer.isDone;
    return receiveBatch(answer.batch);
  }
}
