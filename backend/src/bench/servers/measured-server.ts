import { fileURLToPath } from 'node:url';
import { JWT_SECRET } from '../desk.ts';
import type { Question, Usage } from './answer-parent.ts';

/** A server in a process of its own, which tells what it used. */
export interface MeasuredServer {
  url: string;
  ask(question: Question): Promise<Usage>;
  stop(): Promise<void>;
}

const PROGRAMS = {
  bare: fileURLToPath(new URL('./bare-server.ts', import.meta.url)),
  product: fileURLToPath(new URL('./product-server.ts', import.meta.url)),
};

/**
 * Starts one and waits until it serves.
 *
 * @param options What the program is told, as words: see there.
 * @throws Error when it ends instead.
 */
export async function startMeasured(
  program: keyof typeof PROGRAMS,
  dataDir: string,
  ...options: string[]
): Promise<MeasuredServer> {
  const answers: ((answer: Usage) => void)[] = [];
  const { promise: started, resolve, reject } = Promise.withResolvers<number>();
  const child = Bun.spawn([process.execPath, PROGRAMS[program], ...options], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: '0',
      DATA_DIR: dataDir,
      JWT_SECRET,
      RATE_LIMIT_PER_MINUTE: '100000000',
      SOCKET_RATE_LIMIT_PER_SECOND: '100000000',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
    ipc(message: number | Usage) {
      if (typeof message === 'number') resolve(message);
      else answers.shift()?.(message);
    },
    onExit: () => reject(new Error(`the ${program} server ended`)),
  });
  return {
    url: `http://127.0.0.1:${await started}`,
    ask: (question) =>
      new Promise((answer) => {
        answers.push(answer);
        child.send(question);
      }),
    async stop() {
      child.kill();
      await child.exited;
    },
  };
}
