/** `bun run test:faults`: the long form of the fault tests. `--rounds N` and `--seed N` choose others than usual. */
import { parseArgs } from 'node:util';
import { crashLoop } from '../src/testing/faults/crash-loop.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
const rounds = Number(values.rounds ?? 100);
const seed = Number(values.seed ?? Date.now() % 1_000_000);

process.stdout.write(`kill -9 under load, ${rounds} times, seed ${seed}\n`);
let acknowledged = 0;
const startedAt = performance.now();
const faults = await crashLoop({ rounds, seed }, (round) => {
  acknowledged = round.acknowledged;
  const counts = `written ${round.written}, acknowledged ${round.acknowledged}, stored ${round.stored}`;
  const verdict = round.faults.length === 0 ? 'nothing lost, data sound' : `${round.faults.length} FAULTS`;
  process.stdout.write(
    `${String(round.number).padStart(4)}  ${round.seconds.toFixed(1)} s  ${counts}  ${verdict}\n`,
  );
});
for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
process.stdout.write(
  faults.length === 0
    ? `\n${rounds} crashes in ${seconds} s: ${acknowledged} messages acknowledged, 0 lost, 0 doubled, 0 out of order\n`
    : `\n${faults.length} faults; the same again: bun run test:faults --rounds ${rounds} --seed ${seed}\n`,
);
process.exit(faults.length === 0 ? 0 : 1);
