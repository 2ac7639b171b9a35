/**
 * The names of a document's own fields, not those within them, that two states of it do not have in common. Compares
 * bytes: what is written otherwise counts as changed.
 *
 * @example changedFields(encodeDocument({ a: 1, b: 2 }), encodeDocument({ a: 1, b: 3, c: 4 })) // Set { 'b', 'c' }
 */
export function changedFields(before: Uint8Array, after: Uint8Array): ReadonlySet<string> {
  const [old, next] = [bufferOf(before), bufferOf(after)];
  const changed = new Set<string>();
  // Nearly always the same fields follow each other; what is equal there needs no name.
  let at = FIRST;
  let to = FIRST;
  while (at < old.length - 1 && to < next.length - 1) {
    const nameEnd = old.indexOf(0, at + 1);
    const sameName = old[at] === next[to] && isEqual(old, at, nameEnd + 1, next, to);
    if (!sameName) break;
    const start = nameEnd + 1;
    const end = start + sizeOf(old, old[at] ?? 0, start);
    const toStart = to + start - at;
    const toEnd = toStart + sizeOf(next, old[at] ?? 0, toStart);
    const isSame = end - start === toEnd - toStart && isEqual(old, start, end, next, toStart);
    if (!isSame) changed.add(old.toString('utf8', at + 1, nameEnd));
    at = end;
    to = toEnd;
  }
  addDifferences(changed, old, fieldsFrom(old, at), next, fieldsFrom(next, to));
  return changed;
}

/** Its length stands before a document's first field, a zero after the last. */
const FIRST = 4;

/** Where a field stands in a document's bytes: its type before its name, and the end of its value. */
type Field = { readonly type: number; readonly start: number; readonly end: number };

function addDifferences(
  changed: Set<string>,
  old: Buffer,
  oldFields: Map<string, Field>,
  next: Buffer,
  nextFields: Map<string, Field>,
): void {
  for (const [name, field] of nextFields) {
    const known = oldFields.get(name);
    oldFields.delete(name);
    const isSame =
      known?.type === field.type &&
      known.end - known.start === field.end - field.start &&
      isEqual(old, known.start, known.end, next, field.start);
    if (!isSame) changed.add(name);
  }
  for (const name of oldFields.keys()) changed.add(name);
}

function isEqual(one: Buffer, from: number, end: number, other: Buffer, otherFrom: number): boolean {
  for (let at = from, to = otherFrom; at < end; at += 1, to += 1) if (one[at] !== other[to]) return false;
  return true;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function fieldsFrom(buffer: Buffer, first: number): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (let at = first; at < buffer.length - 1;) {
    const type = buffer[at] ?? 0;
    const nameEnd = buffer.indexOf(0, at + 1);
    const start = nameEnd + 1;
    const end = start + sizeOf(buffer, type, start);
    fields.set(buffer.toString('utf8', at + 1, nameEnd), { type, start, end });
    at = end;
  }
  return fields;
}

const SIZES: Readonly<Record<number, number>> = {
  0x01: 8, // double
  0x06: 0, // undefined
  0x07: 12, // ObjectId
  0x08: 1, // boolean
  0x09: 8, // date
  0x0a: 0, // null
  0x10: 4, // int
  0x11: 8, // timestamp
  0x12: 8, // long
  0x13: 16, // decimal
  0x7f: 0, // MaxKey
  0xff: 0, // MinKey
};

/** The bytes of a value, by BSON's specification. */
function sizeOf(buffer: Buffer, type: number, start: number): number {
  const fixed = SIZES[type];
  if (fixed !== undefined) return fixed;
  switch (type) {
    case 0x02: // string
    case 0x0d: // code
    case 0x0e: // symbol
      return 4 + buffer.readInt32LE(start);
    case 0x03: // document
    case 0x04: // array
    case 0x0f: // code with scope
      return buffer.readInt32LE(start);
    case 0x05: // binary
      return 5 + buffer.readInt32LE(start);
    case 0x0b: // regular expression: two texts that end with zero
      return buffer.indexOf(0, buffer.indexOf(0, start) + 1) + 1 - start;
    case 0x0c: // DBPointer
      return 16 + buffer.readInt32LE(start);
    default:
      throw new Error(`A document holds a value of the unknown BSON type ${type}.`);
  }
}
