import { EventEmitter } from 'node:events';
import { Db } from './db.ts';
import { Engine } from '../storage/engine.ts';
import { unsupported } from './errors.ts';
import type { Session } from './session.ts';
import type { EngineLimits } from '../storage/engine.ts';

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

  startSession(): Session {
    return this.engine.startSession();
  }

  async withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.startSession();
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
