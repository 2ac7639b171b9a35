import { watchLoop } from '../../db/bench/watch-loop.ts';

/** What the parent asks a measured process. */
export type Question = 'usage' | 'collect' | 'watch' | 'stall';

/** What a measured process says of itself. */
export interface Usage {
  /** Processor time of all its threads so far, in microseconds. */
  cpu: number;
  /** Resident memory, in bytes. */
  memory: number;
  /** For how long at most its event loop stood still since `watch`, in milliseconds. */
  stall: number;
}

/** Tells the parent that the server serves on a port, and from then on answers its questions. */
export function answerParent(port: number): void {
  let longestStall = (): number => 0;
  process.on('message', (question: Question) => {
    if (question === 'collect') Bun.gc(true);
    if (question === 'watch') longestStall = watchLoop();
    const stall = question === 'stall' ? longestStall() : 0;
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system, memory: process.memoryUsage.rss(), stall } satisfies Usage);
  });
  process.on('disconnect', () => process.exit(0));
  process.on('SIGTERM', () => process.exit(0));
  process.send?.(port);
}
