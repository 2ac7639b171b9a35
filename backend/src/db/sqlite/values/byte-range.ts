/** Keys from `low` on and before `high`; no `high` means to the end. */
export type ByteRange = { readonly low: Uint8Array; readonly high: Uint8Array | undefined };

/** One end of an interval. `inclusive`: keys that begin with these bytes are inside. */
export type Bound = { readonly bytes: Uint8Array; readonly inclusive: boolean };

/** What a filter allows of one indexed field, in the order of an ascending index. */
export type Interval = { readonly lower: Bound; readonly upper: Bound; readonly isPoint: boolean };

/** Appends an interval of a field to the bytes of the fields before it. */
export function rangeOf(prefix: Uint8Array, interval: Interval, isDescending: boolean): ByteRange {
  const { lower, upper } = isDescending ? turned(interval) : interval;
  const from = join(prefix, lower.bytes);
  const to = join(prefix, upper.bytes);
  return {
    low: lower.inclusive ? from : (successor(from) ?? from),
    high: upper.inclusive ? successor(to) : to,
  };
}

/** The bytes that a point adds to a compound key. */
export function pointBytes(interval: Interval, isDescending: boolean): Uint8Array {
  return isDescending ? invert(interval.lower.bytes) : interval.lower.bytes;
}

/** The whole of what begins with `prefix`. */
export function prefixRange(prefix: Uint8Array): ByteRange {
  return { low: prefix, high: prefix.length === 0 ? undefined : successor(prefix) };
}

export function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** The least bytes above everything that begins with these; undefined where there are none. */
function successor(bytes: Uint8Array): Uint8Array | undefined {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0xff) end -= 1;
  if (end === 0) return undefined;
  const next = bytes.slice(0, end);
  next[end - 1] = (next[end - 1] ?? 0) + 1;
  return next;
}

function turned({ lower, upper, isPoint }: Interval): Interval {
  return {
    lower: { bytes: invert(upper.bytes), inclusive: upper.inclusive },
    upper: { bytes: invert(lower.bytes), inclusive: lower.inclusive },
    isPoint,
  };
}

function invert(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => 255 - byte);
}
