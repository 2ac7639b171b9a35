/** Prints how fast the chat is, beside a bare Socket.IO server: the child of `bun run bench:chat`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatTable, type Result } from '../db/bench/result-table.ts';
import { barChart } from './bar-chart.ts';
import { measureHistory } from './measure-history.ts';
import { measureLogins } from './measure-logins.ts';
import { measureMemory } from './measure-memory.ts';
import { measureSteady } from './measure-steady.ts';
import { measureThroughput } from './measure-throughput.ts';
import { gather } from './parties.ts';
import { readSettings } from './settings.ts';

const [results = '', ...args] = process.argv.slice(2);
const settings = readSettings(args);
const folder = mkdtempSync(join(tmpdir(), 'wzatco-bench-'));
const all: Result[] = [];

async function report(title: string, measuring: Promise<Result[]>): Promise<void> {
  const measured = await measuring;
  all.push(...measured);
  console.log(formatTable(title, measured));
}

async function measureTalk(): Promise<void> {
  const parties = await gather(folder, Math.max(...settings.connections));
  try {
    await report(
      'messages a second: stored, acknowledged and on the other side',
      measureThroughput(parties, settings),
    );
    await report('a steady stream', measureSteady(parties, folder, settings));
    await report('logins meanwhile', measureLogins(parties));
  } finally {
    await parties.stop();
  }
}

function plot(): void {
  const bars = all.flatMap(({ operation, ratio, measured, partOfGoal, isMet }) =>
    partOfGoal === undefined ? [] : [{ label: operation, text: ratio || measured, value: partOfGoal, isMet }],
  );
  const file = join(results, 'chat.svg');
  mkdirSync(results, { recursive: true });
  writeFileSync(file, barChart('WZATCO chat: up to the line a goal is met', bars));
  console.log(`Plot: ${file}`);
}

try {
  if (settings.isQuick) console.log('A quick run: less of everything, so the figures vary more.\n');
  await measureTalk();
  await report('history', measureHistory(folder, settings));
  await report('memory', measureMemory(folder, settings));
  plot();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// Connections that the servers' end closed may still be on their way out.
process.exit(0);
