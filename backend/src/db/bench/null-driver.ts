import native from 'mongoose/lib/drivers/node-mongodb-native/index.js';

type Document = Record<string, unknown>;

/** A collection that does nothing: every call answers at once, in the shape of MongoDB's answer. */
class NullCollection {
  readonly #answer: readonly Document[];

  constructor(answer: readonly Document[]) {
    this.#answer = answer;
  }

  findOne(): Promise<Document> {
    return Promise.resolve({ ...this.#answer[0] });
  }

  find(): { toArray: () => Promise<Document[]> } {
    return { toArray: () => Promise.resolve(this.#answer.map((document) => ({ ...document }))) };
  }

  insertOne(document: Document): Promise<Document> {
    return Promise.resolve({ acknowledged: true, insertedId: document['_id'] });
  }

  findOneAndUpdate(): Promise<Document> {
    return this.findOne();
  }
}

/**
 * A Mongoose driver that does nothing, for what Mongoose itself costs.
 *
 * @param answer what every search finds
 */
export function nullDriver(answer: readonly Document[]) {
  class NullConnection extends native.Connection {
    async createClient(): Promise<this> {
      this.client = { close: async () => undefined, startSession: () => undefined };
      this.db = { collection: () => new NullCollection(answer) };
      this.readyState = 2;
      this.onOpen();
      return this;
    }
  }
  return { ...native, Connection: NullConnection, plugins: [] };
}
