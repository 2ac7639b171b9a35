import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';
import { ADMIN } from '../start-test-server.ts';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));

/** The server as its own process, which can be killed and come back on the same port with the same data. */
export interface ServerProcess {
  url: string;
  port: number;
  /** Of the life that runs; null before the first one. */
  pid(): number | null;
  /** Everything that it has said so far, in all of its lives. */
  output(): string;
  /** Resolves when it serves. @throws What it said when it did not come up. */
  start(): Promise<void>;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Asks it to end; resolves with its exit code. */
  end(): Promise<number | null>;
}

/**
 * @param dataDir Where its data is.
 * @param variables Environment variables over the usual ones of tests.
 */
export async function serverProcess(
  dataDir: string,
  variables: Record<string, string> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  let child: Bun.Subprocess<'ignore', 'pipe', 'pipe'> | null = null;
  let output = '';
  const kill = () => child?.kill('SIGKILL');
  process.on('exit', kill);
  return {
    url: `http://localhost:${port}`,
    port,
    pid: () => child?.pid ?? null,
    output: () => output,
    async start() {
      const started = Bun.spawn([process.execPath, MAIN], {
        env: {
          PATH: process.env['PATH'],
          PORT: String(port),
          DATA_DIR: dataDir,
          ADMIN_EMAIL: ADMIN.email,
          ADMIN_PASSWORD: ADMIN.password,
          RATE_LIMIT_PER_MINUTE: '1000000',
          SOCKET_RATE_LIMIT_PER_SECOND: '1000000',
          ...variables,
        },
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
      });
      child = started;
      const keep = (text: string) => void (output += text);
      const serves = says(started.stdout, ' serves ', keep);
      void says(started.stderr, ' serves ', keep);
      if (await serves) return;
      throw new Error(`the server did not start: ${output}`);
    },
    async kill() {
      kill();
      await child?.exited;
    },
    async end() {
      child?.kill('SIGTERM');
      return (await child?.exited) ?? null;
    },
  };
}

/** Reads to the end, so that the process never waits for a reader; tells when the words have come, or never will. */
function says(
  stream: ReadableStream<Uint8Array>,
  words: string,
  keep: (text: string) => void,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const read = async (): Promise<boolean> => {
    let isSaid = false;
    let heard = '';
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      const text = decoder.decode(chunk, { stream: true });
      keep(text);
      if (isSaid) continue;
      // The words may come in two pieces.
      heard = heard.slice(-words.length) + text;
      isSaid = heard.includes(words);
      if (isSaid) resolve(true);
    }
    return isSaid;
  };
  read().then(resolve, () => resolve(false));
  return promise;
}
