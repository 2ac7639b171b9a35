import { expect, test } from 'vitest';
import { wrongDisplay } from './display.ts';
import { createHistory } from './history.ts';

const entry = (seq: number, content = `text ${seq}`) => ({
  chatId: 'a',
  clientMessageId: `id ${seq}`,
  seq,
  content,
});
const entries = (...seqs: number[]) => seqs.map((seq) => entry(seq));

function historyOf(...seqs: number[]) {
  const history = createHistory();
  for (const seq of seqs) {
    history.attempt(`id ${seq}`);
    history.acknowledge(entry(seq));
  }
  return history;
}

test('the history tells what is lost, doubled, out of order, changed or invented', () => {
  const history = historyOf(1, 2, 3);
  expect(history.compare(entries(1, 2, 3))).toEqual([]);
  expect(history.compare(entries(1, 2))).toEqual(["lost: chat a, message 3 'text 3'"]);
  expect(history.compare(entries(1, 3))).toEqual([
    "out of order: after 1 comes chat a, message 3 'text 3'",
    "lost: chat a, message 2 'text 2'",
  ]);
  expect(history.compare(entries(1, 2, 2, 3))[0]).toMatch(/^doubled/);
  expect(history.compare([entry(1), entry(2, 'other'), entry(3)])[0]).toMatch(/stored as .* 'other'/);
  expect(history.compare(entries(1, 2, 3, 4))[0]).toMatch(/^never written/);
  history.acknowledge({ ...entry(3), seq: 4 });
  expect(history.compare(entries(1, 2, 3))[0]).toMatch(/^acknowledged differently/);
});

test('in the end what was written and never acknowledged must be stored too', () => {
  const history = historyOf(1, 2);
  history.attempt('id 3');
  expect(history.outcome(entries(1, 2, 3), [])).toMatchObject({ sent: 3, acknowledged: 2, faults: [] });
  const { faults } = history.outcome(entries(1, 2), []);
  expect(faults).toEqual(['lost: message id 3 was written, and never arrived']);
});

test('what a witness reports is said once', () => {
  const history = historyOf(1);
  history.report("given up: 'x'");
  history.report("given up: 'x'");
  expect(history.compare(entries(1))).toEqual(["given up: 'x'"]);
});

test('each message on a screen counts once, however many see it', () => {
  const displays = [entries(1, 2, 3), entries(2, 3)].map((messages) => ({ chatId: 'a', messages }));
  expect(historyOf(1, 2, 3).outcome(entries(1, 2, 3), displays)).toEqual({
    sent: 3,
    acknowledged: 3,
    stored: 3,
    displayed: 3,
    faults: [],
  });
});

test('a screen shows the newest of what is stored, each once, in order, without a gap', () => {
  const stored = entries(1, 2, 3, 4);
  const wrong = (...seqs: number[]) => wrongDisplay({ chatId: 'a', messages: entries(...seqs) }, stored);
  expect(wrong(1, 2, 3, 4)).toEqual([]);
  expect(wrong(3, 4)).toEqual([]);
  expect(wrong(2, 4)).toEqual(['lost: message 3 from the screen of chat a']);
  expect(wrong(2, 3)).toEqual(['lost: message 4 from the screen of chat a']);
  expect(wrong()).toHaveLength(4);
  expect(wrong(3, 4, 4)).toEqual([expect.stringMatching(/^doubled/)]);
  expect(wrong(4, 3)).toEqual([expect.stringMatching(/^out of order/)]);
  expect(wrong(4, 5)).toEqual([expect.stringMatching(/^not what is stored/)]);
  const unsent = { chatId: 'a', messages: [...entries(4), { seq: null, content: 'x' }] };
  expect(wrongDisplay(unsent, stored)).toEqual([expect.stringMatching(/^still on its way/)]);
});
