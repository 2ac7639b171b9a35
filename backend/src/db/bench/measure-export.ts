import { fileURLToPath } from 'node:url';
import type { Result } from './result-table.ts';

const PROGRAM = fileURLToPath(new URL('./export-memory.ts', import.meta.url));
const GOAL = 50;

/** Exports a closed database in a process of its own, whose memory nothing else has touched. */
export async function measureExport(dataDir: string, documents: number): Promise<Result> {
  const child = Bun.spawn([process.execPath, PROGRAM, dataDir], { stdout: 'pipe', stderr: 'inherit' });
  const output = await new Response(child.stdout).text();
  if ((await child.exited) !== 0) throw new Error(`the export failed: ${output}`);
  const measured = JSON.parse(output) as { documents: number; growth: number };
  if (measured.documents !== documents) throw new Error(`the export gave ${measured.documents} documents`);
  const megabytes = measured.growth / 1024 / 1024;
  return {
    operation: `export of ${documents.toLocaleString('en')} documents, growth of memory`,
    embedded: `${megabytes.toFixed(0)} MB`,
    reference: '',
    ratio: '',
    goal: `< ${GOAL} MB`,
    isMet: megabytes < GOAL,
  };
}
