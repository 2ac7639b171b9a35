import { connect } from 'node:net';
import { clientEventTables } from '@wzatco/sdk/contract';
import { SOCKET_PATH } from '@wzatco/sdk/contract/constants';
import { connectSocket } from '../live-socket.ts';
import { createVisitor } from '../people.ts';
import { JUNK_BYTES, JUNK_EVENTS, JUNK_FRAMES, JUNK_PAYLOADS, JUNK_REQUESTS } from './junk.ts';

/** Picks one of a list by chance. */
export type Pick = <Item>(list: readonly Item[]) => Item;

/** Sends so many bad packets, and resolves when the server has done with them. */
export type Attack = (url: string, count: number, pick: Pick) => Promise<void>;

const EVENTS = [...Object.values(clientEventTables).flatMap((table) => Object.keys(table)), ...JUNK_EVENTS];
/** A server that neither answers nor hangs up is left alone after this time, in milliseconds. */
const PATIENCE = 200;

/** Events with wrong payloads, from somebody with a good token. Each is answered. */
export const sendEvents: Attack = async (url, count, pick) => {
  const stranger = await connectSocket(url, (await createVisitor(url)).token);
  await Promise.all(Array.from({ length: count }, () => stranger.send(pick(EVENTS), pick(JUNK_PAYLOADS))));
  stranger.close();
};

/** Frames that are no packets, on a connection that began well. */
export const sendFrames: Attack = async (url, count, pick) => {
  const { token } = await createVisitor(url);
  const socket = new WebSocket(`${url.replace('http', 'ws')}${SOCKET_PATH}?EIO=4&transport=websocket`);
  socket.binaryType = 'arraybuffer';
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  socket.send(`40${JSON.stringify({ token })}`);
  for (let sent = 0; sent < count; sent += 1) socket.send(pick(JUNK_FRAMES));
  socket.close();
  await closed;
};

/** Requests to the socket's path that make no sense. */
export const sendRequests: Attack = async (url, count, pick) => {
  for (let sent = 0; sent < count; sent += 1) {
    const [method, query, body] = pick(JUNK_REQUESTS);
    const response = await fetch(`${url}${SOCKET_PATH}?${query}`, { method, body });
    await response.text();
  }
};

/** Bytes that are no HTTP. */
export const sendBytes: Attack = async (url, count, pick) => {
  for (let sent = 0; sent < count; sent += 1) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(pick(JUNK_BYTES)));
      const done = () => socket.destroy();
      socket.setTimeout(PATIENCE, done);
      // A connection that the server resets is over, which is all that is asked.
      socket.on('error', done);
      socket.on('data', done);
      socket.on('close', () => resolve());
    });
  }
};
