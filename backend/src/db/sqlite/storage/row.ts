import type { Document } from '../values/bson.ts';

export type RowMaker = (rid: number, bytes: Uint8Array) => Row;

/** A stored document with its place in the table; it is decoded when somebody looks into it. */
export class Row {
  readonly rid: number;
  readonly bytes: Uint8Array;
  readonly #decode: (bytes: Uint8Array) => Document;
  #document: Document | undefined;

  /** @param document what the bytes stand for, where that is known already */
  constructor(rid: number, bytes: Uint8Array, decode: (bytes: Uint8Array) => Document, document?: Document) {
    this.rid = rid;
    this.bytes = bytes;
    this.#decode = decode;
    this.#document = document;
  }

  get document(): Document {
    this.#document ??= this.#decode(this.bytes);
    return this.#document;
  }
}
