import { fileURLToPath } from 'node:url';
import type { Result } from './result-table.ts';

const PROGRAM = fileURLToPath(new URL('./export-memory.ts', import.meta.url));
const GOAL = 50;
const MEGABYTE = 1024 * 1024;

/** Exports a closed database in a process of its own, whose memory nothing else has touched. */
export async function measureExport(dataDir: string, documents: number): Promise<Result> {
  const child = Bun.spawn([process.execPath, PROGRAM, dataDir], { stdout: 'pipe', stderr: 'inherit' });
  const output = await new Response(child.stdout).text();
  if ((await child.exited) !== 0) throw new Error(`the export failed: ${output}`);
  const measured = JSON.parse(output) as {
    documents: number;
    growth: number;
    growthFromStart: number;
  };
  if (measured.documents !== documents) throw new Error(`the export gave ${measured.documents} documents`);
  const megabytes = measured.growth / MEGABYTE;
  return {
    operation: `export of ${documents.toLocaleString('en')} documents, growth of memory once warm`,
    measured: `${megabytes.toFixed(0)} MB`,
    // Two threads' heaps find their size in the first 50,000 documents.
    reference: `cold ${(measured.growthFromStart / MEGABYTE).toFixed(0)} MB`,
    ratio: '',
    goal: `< ${GOAL} MB`,
    isMet: megabytes < GOAL,
  };
}
