import { expect, test } from 'vitest';
import { crashLoop, type Round } from './crash-loop.ts';
import { createHistory } from './history.ts';

test('three crashes under load lose, double and disorder nothing that was acknowledged', async () => {
  const rounds: Round[] = [];
  expect(await crashLoop({ rounds: 3, seed: 20261123 }, (round) => rounds.push(round))).toEqual([]);
  expect(rounds.map(({ faults }) => faults)).toEqual([[], [], []]);
  expect(rounds.at(-1)?.acknowledged).toBeGreaterThan(30);
}, 90_000);

test('the history tells what is lost, doubled, out of order, changed or invented', () => {
  const history = createHistory();
  const entry = (seq: number, content = `text ${seq}`) => ({
    chatId: 'a',
    clientMessageId: `id ${seq}`,
    seq,
    content,
  });
  for (const seq of [1, 2, 3]) {
    history.attempt(`id ${seq}`);
    history.acknowledge(entry(seq));
  }
  expect(history.compare([entry(1), entry(2), entry(3)])).toEqual([]);
  expect(history.compare([entry(1), entry(2)])).toEqual(["lost: chat a, message 3 'text 3'"]);
  expect(history.compare([entry(1), entry(3)])).toEqual([
    "after 1 comes chat a, message 3 'text 3'",
    "lost: chat a, message 2 'text 2'",
  ]);
  expect(history.compare([entry(1), entry(2), entry(2), entry(3)])[0]).toMatch(/^doubled/);
  expect(history.compare([entry(1), entry(2, 'other'), entry(3)])[0]).toMatch(/stored as .* 'other'/);
  expect(history.compare([entry(1), entry(2), entry(3), entry(4)])[0]).toMatch(/^never written/);
  history.acknowledge({ ...entry(3), seq: 4 });
  expect(history.compare([entry(1), entry(2), entry(3)])[0]).toMatch(/^acknowledged differently/);
});
