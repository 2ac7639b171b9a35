import { EventEmitter } from 'node:events';
import type { Document } from '../values/bson.ts';
import { Db } from './db.ts';
import { Engine } from '../storage/engine.ts';
import { unsupported } from './errors.ts';
import type { Session } from './session.ts';
import type { EngineLimits } from '../storage/engine.ts';

type Work<T> = (session: Session) => Promise<T>;
type WithSession<T> = [work: Work<T>] | [options: Document, work: Work<T>];

/** What Mongoose takes for a MongoClient: one open file. */
export class Client extends EventEmitter {
  readonly engine: Engine;
  readonly #name: string;

  constructor(path: string, name: string, limits: EngineLimits = {}) {
    super();
    this.engine = new Engine(path, name, limits);
    this.#name = name;
  }

  db(name: string = this.#name): Db {
    if (name !== this.#name) throw unsupported(`a second database ('${name}') in one file`);
    return new Db(this.engine, name);
  }

  /** @param options refused where they ask for more than one node has */
  startSession(options?: Document): Session {
    return this.engine.startSession(options);
  }

  async withSession<T>(...given: WithSession<T>): Promise<T> {
    const [options, work] = given.length === 1 ? [undefined, given[0]] : given;
    const session = this.startSession(options);
    try {
      return await work(session);
    } finally {
      await session.endSession();
    }
  }

  bulkWrite(): never {
    throw unsupported('bulkWrite() over several collections');
  }

  async close(): Promise<void> {
    await this.engine.close();
    this.emit('close');
  }
}
