import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { AppError } from '../../lib/app-error.ts';
import type { Logger } from '../../lib/log.ts';

/** Milliseconds without a word from the scanner; its own time for a file is two minutes. */
const SILENCE = 120_000;

/**
 * Has a file looked at by ClamAV's daemon, to which its bytes are sent (INSTREAM).
 *
 * @throws UNSUPPORTED_MEDIA where something was found; UNAVAILABLE where the scan could not be done: then the file
 * is not taken either
 */
export async function scanFile(
  clamav: { host: string; port: number },
  path: string,
  log: Logger,
): Promise<void> {
  const answer = await askScanner(clamav, path).catch((error: unknown) => {
    log.error({ err: error }, 'the virus scanner did not answer');
    return null;
  });
  if (answer === 'stream: OK') return;
  const found = /^stream: (.+) FOUND$/.exec(answer ?? '')?.[1];
  if (found) {
    log.warn({ found }, 'the virus scanner refused an upload');
    throw new AppError(
      'UNSUPPORTED_MEDIA',
      'This file is not taken: the virus scan found something harmful in it.',
    );
  }
  if (answer !== null) log.error({ answer }, 'the virus scanner could not scan an upload');
  throw new AppError(
    'UNAVAILABLE',
    'Files cannot be checked for viruses right now. Please try again later.',
    {
      retryAfterMs: 10_000,
    },
  );
}

/** What the daemon says of the file's bytes: `stream: OK`, `stream: <name> FOUND`, or what went wrong. */
async function askScanner({ host, port }: { host: string; port: number }, path: string): Promise<string> {
  const socket = connect({ host, port });
  try {
    // Asked for before anything is sent: a daemon may end the conversation early, with its reason.
    const answer = readAnswer(socket);
    const sent = sendFile(socket, path);
    const [first] = await Promise.all([answer, Promise.race([sent, answer])]);
    return first;
  } finally {
    socket.destroy();
  }
}

function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setTimeout(SILENCE, () => reject(new Error('it is silent')));
    socket.on('data', (piece) => {
      text += piece.toString('utf8');
      if (text.endsWith('\0')) resolve(text.slice(0, -1).trim());
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('it hung up')));
  });
}

/** Each piece behind its length, and a length of zero in the end. */
async function sendFile(socket: Socket, path: string): Promise<void> {
  await send(socket, Buffer.from('zINSTREAM\0'));
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    await send(socket, lengthOf(piece));
    await send(socket, piece);
  }
  await send(socket, lengthOf(Buffer.alloc(0)));
}

function lengthOf(piece: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(piece.length);
  return bytes;
}

function send(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
