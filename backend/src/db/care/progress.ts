import { styleText } from 'node:util';

/** Where progress is shown. */
export type Screen = { readonly isTTY?: boolean | undefined; write(text: string): unknown };

export type Progress = {
  /** What is being done now, and how many there are of it; zero where nobody knows. */
  readonly begin: (title: string, total: number) => void;
  readonly update: (done: number) => void;
  /** The last state stays on the screen. */
  readonly end: () => void;
};

/** Milliseconds between two pictures of a bar, and between two lines where there is no terminal. */
const TERMINAL_EVERY = 100;
const LINES_EVERY = 5_000;
const BAR = 24;

/**
 * Shows how far something is, how fast it goes and how long it will take: a bar in a terminal, else a line now and then.
 *
 * @example
 * const progress = createProgress(process.stderr);
 * progress.begin('messages', 1000); progress.update(500); progress.end();
 */
export function createProgress(screen: Screen, now: () => number = () => performance.now()): Progress {
  const isTerminal = screen.isTTY === true;
  let title = '';
  let total = 0;
  let done = 0;
  let startedAt = 0;
  let shownAt = 0;
  let isOpen = false;

  function show(): void {
    shownAt = now();
    const line = describe(title, done, total, (shownAt - startedAt) / 1000);
    screen.write(isTerminal ? `\r${bar(done, total)} ${line}\u001b[K` : `${line}\n`);
  }

  function end(): void {
    if (!isOpen) return;
    isOpen = false;
    show();
    if (isTerminal) screen.write('\n');
  }

  return {
    begin(what, count) {
      end();
      [title, total, done, startedAt, shownAt, isOpen] = [what, count, 0, now(), now(), true];
    },
    update(count) {
      done = count;
      if (now() - shownAt >= (isTerminal ? TERMINAL_EVERY : LINES_EVERY)) show();
    },
    end,
  };
}

function describe(title: string, done: number, total: number, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 && total > done ? `, ${duration((total - done) / rate)} left` : '';
  const of = total > 0 ? ` of ${count(total)} (${Math.floor((100 * done) / total)} %)` : '';
  return `${title}: ${count(done)}${of}, ${count(Math.round(rate))}/s${left}`;
}

function bar(done: number, total: number): string {
  const full = total > 0 ? Math.min(BAR, Math.floor((BAR * done) / total)) : 0;
  return styleText('green', '█'.repeat(full)) + styleText('dim', '░'.repeat(BAR - full));
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
