/** A WebSocket frame as it goes over the line. */
export interface Frame {
  /** All of its bytes. */
  bytes: Buffer;
  /** What it says, unmasked. */
  text: string;
}

/**
 * Cuts a stream of bytes into WebSocket frames (RFC 6455, section 5.2); what is not whole yet waits for the rest.
 *
 * @example const split = createFrameSplitter(); for (const { text } of split(chunk)) console.log(text);
 */
export function createFrameSplitter(): (chunk: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const frames: Frame[] = [];
    for (let frame = firstFrame(rest); frame; frame = firstFrame(rest)) {
      frames.push(frame);
      rest = rest.subarray(frame.bytes.length);
    }
    return frames;
  };
}

function firstFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
  const isMasked = (bytes.readUInt8(1) & 0x80) !== 0;
  const start = 2 + lengthBytes + (isMasked ? 4 : 0);
  if (bytes.length < start) return null;
  const length =
    lengthBytes === 8 ? Number(bytes.readBigUInt64BE(2)) : lengthBytes === 2 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < start + length) return null;
  const payload = Buffer.from(bytes.subarray(start, start + length));
  const mask = isMasked ? bytes.subarray(start - 4, start) : Buffer.alloc(4);
  for (const [at, byte] of payload.entries()) payload[at] = byte ^ (mask[at % 4] ?? 0);
  return { bytes: Buffer.from(bytes.subarray(0, start + length)), text: payload.toString() };
}
