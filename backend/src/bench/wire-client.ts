/** Speaks just enough of Engine.IO and Socket.IO over a bare WebSocket, so that the generator of load costs little. */
export interface WireClient {
  /** Sends an event; resolves with the text of its acknowledgement. @throws Error when the server refuses it. */
  call(event: string, payload: object): Promise<string>;
  /** Called with the raw text of every event of the server: `42["new_message",{…}]`. */
  onEvent: (text: string) => void;
  close(): void;
}

interface Waiting {
  resolve: (text: string) => void;
  reject: (error: Error) => void;
}

/**
 * Resolves when the server has let the connection in.
 *
 * @param url `http://127.0.0.1:5000`
 * @throws Error with what the server said instead.
 */
export function connectWire(url: string, token: string): Promise<WireClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const waiting = new Map<string, Waiting>();
  let count = 0;
  const { promise, resolve, reject } = Promise.withResolvers<WireClient>();
  const client: WireClient = {
    call(event, payload) {
      const id = String(count++);
      return new Promise((done, failed) => {
        waiting.set(id, { resolve: done, reject: failed });
        socket.send(`42${id}${JSON.stringify([event, payload])}`);
      });
    },
    onEvent: () => undefined,
    close: () => socket.close(),
  };
  const acknowledged = (text: string): void => {
    const bracket = text.indexOf('[');
    const id = text.slice(2, bracket);
    const caller = waiting.get(id);
    waiting.delete(id);
    // Every answer begins so, `[{"success":true,"data":`: nothing is parsed.
    if (text.startsWith('[{"success":true', bracket)) caller?.resolve(text);
    else caller?.reject(new Error(`refused: ${text.slice(0, 500)}`));
  };
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    if (data.startsWith('42')) client.onEvent(data);
    else if (data.startsWith('43')) acknowledged(data);
    else if (data === '2') socket.send('3');
    else if (data.startsWith('0')) socket.send(`40${JSON.stringify({ token, protocol: 1 })}`);
    else if (data.startsWith('40')) resolve(client);
    else reject(new Error(`not let in: ${data}`));
  });
  socket.addEventListener('close', ({ code }) => {
    const gone = new Error(`the server closed the connection (${code})`);
    reject(gone);
    for (const { reject: fail } of waiting.values()) fail(gone);
  });
  return promise;
}
