/** Measures the chat beside a bare Socket.IO server: `bun run bench:chat [--quick]`. Prints a table, writes a plot. */
import { join } from 'node:path';
import { ROOT } from './workspace.ts';

const bench = Bun.spawn(
  [
    process.execPath,
    join(ROOT, 'backend/src/bench/run.ts'),
    join(ROOT, 'backend/bench-results'),
    ...process.argv.slice(2),
  ],
  { stdout: 'inherit', stderr: 'inherit' },
);
process.exitCode = await bench.exited;
