import { Server as Engine } from '@socket.io/bun-engine';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { sendTogether } from './send-together.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A server that says some words at once to whoever comes, and what one client heard until it was sent away. */
async function hearAll(
  transport: string,
  words: readonly string[],
): Promise<{ heard: unknown[]; flushes: number[] }> {
  const engine = new Engine({ path: '/socket.io/' });
  const flushes: number[] = [];
  engine.on('connection', (connection) => {
    sendTogether(connection);
    connection.on('flush', (packets) => flushes.push(packets.length));
  });
  const server = new Server({ serveClient: false });
  server.bind(engine);
  server.on('connection', (socket) => {
    setTimeout(() => {
      for (const word of words) socket.emit('word', word);
      socket.disconnect(true);
    });
  });
  const listener = Bun.serve({ port: 0, ...engine.handler() });
  const client = connect(`http://127.0.0.1:${listener.port}`, {
    transports: [transport],
    forceNew: true,
    reconnection: false,
  });
  ends.push(
    () => client.close(),
    () => listener.stop(true),
  );
  const heard: unknown[] = [];
  client.on('word', (word) => heard.push(word));
  await new Promise((resolve) => client.once('disconnect', resolve));
  return { heard, flushes };
}

test.each(['websocket', 'polling'])(
  'what is said in one turn goes out at once, in order and before the end, by %s',
  async (transport) => {
    const { heard, flushes } = await hearAll(transport, ['one', 'two', 'three']);
    expect(heard).toEqual(['one', 'two', 'three']);
    // The three, and the farewell.
    expect(Math.max(...flushes)).toBeGreaterThanOrEqual(3);
  },
);

test('what is long waits for nothing, and overtakes nothing', async () => {
  const words = ['one', 'x'.repeat(100_000), 'three'];
  const { heard, flushes } = await hearAll('websocket', words);
  expect(heard).toEqual(words);
  expect(flushes).toContain(2);
});
