import type { Document } from '../values/bson.ts';
import { Cursor } from './cursor.ts';
import type { OpenRead } from '../reads/open-read.ts';

/** A cursor over a list that is read in one go. */
export class ListCursor extends Cursor {
  readonly #read: () => Promise<Document[]>;

  constructor(read: () => Promise<Document[]>) {
    super();
    this.#read = read;
  }

  protected override open(): OpenRead {
    let rest: Document[] | undefined;
    return {
      next: async (count) => {
        rest ??= await this.#read();
        return rest.splice(0, count);
      },
      close: () => undefined,
    };
  }
}
