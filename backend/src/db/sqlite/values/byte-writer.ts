import type { mongo } from 'mongoose';

/** Writes its bytes at a place, which the library's types leave out: `id` makes a copy of them each time. */
type ObjectId = mongo.ObjectId & { serializeInto(bytes: Uint8Array, at: number): number };

const text = new TextEncoder();

/** A byte buffer that grows while it is written. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  bytes(values: Uint8Array): void {
    this.#reserve(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value);
    this.#length += 4;
  }

  uint64(value: bigint): void {
    this.#reserve(8);
    this.#view.setBigUint64(this.#length, value);
    this.#length += 8;
  }

  /** Writes text as UTF-8. */
  text(value: string): void {
    // A unit of UTF-16 takes at most three bytes.
    this.#reserve(value.length * 3);
    this.#length += text.encodeInto(value, this.#bytes.subarray(this.#length)).written;
  }

  objectId(value: mongo.ObjectId): void {
    this.#reserve(12);
    this.#length += (value as ObjectId).serializeInto(this.#bytes, this.#length);
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
  }

  /** Flips every bit from `start` on: the order of what stands there turns around. */
  invertFrom(start: number): void {
    for (let i = start; i < this.#length; i++) this.#bytes[i] = 255 - (this.#bytes[i] ?? 0);
  }

  /** Flips every bit from `start` on if that byte's top bit is set, else only that top bit. */
  orderFloat(start: number): void {
    const first = this.#bytes[start] ?? 0;
    if (first >= 0x80) this.invertFrom(start);
    else this.#bytes[start] = first + 0x80;
  }

  /** A copy of what was written; the writer can be used again after `reset`. */
  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  reset(): void {
    this.#length = 0;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
