import type { ChatStatus } from '@wzatco/sdk/contract/constants';
import type { Random } from './random.ts';
import { readLine, type Line, type Story } from './stories/story.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One message that somebody wrote then. */
export type DatedLine = Line & { at: Date };

/** A chat as it went: who wrote what when, and how it stands. */
export interface PlannedChat {
  status: ChatStatus;
  lines: readonly [DatedLine, ...DatedLine[]];
  /** When an agent took it; null where nobody did. */
  assignedAt: Date | null;
  closedAt: Date | null;
  closedBy: 'customer' | 'agent' | 'system' | null;
  rating: { stars: number; comment: string | null } | null;
}

/** How old the chats that wait are: from somebody who has just come to somebody who is about to go. */
const WAITING_AGES = [
  14 * SECOND,
  50 * SECOND,
  100 * SECOND,
  3 * MINUTE,
  6 * MINUTE,
  11 * MINUTE,
  19 * MINUTE,
  33 * MINUTE,
  52 * MINUTE,
];

const WAITING_ON = [
  'Is anybody there?',
  'Hello?',
  '👋',
  'No hurry, I just wanted to add that I am in the office until six.',
];

const COMMENTS: Record<number, string[]> = {
  5: [
    'Fast and friendly!',
    'That was painless.',
    '💛',
    'Exactly what I needed. Thank you!',
    'Best support I have had in years, honestly.',
  ],
  4: ['Good, only took a while to get an answer.', 'Helpful', ''],
  3: ['ok', 'Solved in the end, but I had to explain it twice.'],
  2: ['Too slow.', 'Had to ask three times.'],
  1: ['My problem is still there.'],
};

/** The chats that wait, one for each age. */
export function planWaiting(random: Random, story: Story, now: Date, number: number): PlannedChat {
  const opening = story.lines
    .map(readLine)
    .filter(
      ({ by }, index, all) => by === 'customer' && !all.slice(0, index).some((line) => line.by === 'agent'),
    );
  const age = WAITING_AGES[number % WAITING_AGES.length] ?? MINUTE;
  if (age > 5 * MINUTE && story.language === 'en')
    opening.push({ by: 'customer', text: random.pick(WAITING_ON), before: null, deleted: false });
  const startedAt = now.getTime() - age;
  const lines = opening.map((line, index) => ({
    ...line,
    at: new Date(startedAt + (age * 0.6 * index) / opening.length),
  }));
  return {
    status: 'waiting',
    lines: atLeastOne(lines),
    assignedAt: null,
    closedAt: null,
    closedBy: null,
    rating: null,
  };
}

/** A chat in the middle: the last word, seconds to an hour ago, is the customer's more often than not. */
export function planActive(random: Random, story: Story, now: Date): PlannedChat {
  const whole = story.lines.map(readLine);
  const firstAnswer = whole.findIndex(({ by }) => by === 'agent');
  const lines = whole.slice(0, random.between(firstAnswer + 1, Math.max(firstAnswer + 1, whole.length - 1)));
  const lastAt = now.getTime() - Math.floor(12 * SECOND + random.next() ** 1.5 * 75 * MINUTE);
  const dated = datedBackwards(random, lines, lastAt);
  return {
    status: 'active',
    lines: dated,
    assignedAt: takenAt(dated),
    closedAt: null,
    closedBy: null,
    rating: null,
  };
}

/** A chat that has ended, within the last hours or months ago; a few ended before anybody came. */
export function planClosed(random: Random, stories: readonly Story[], now: Date): PlannedChat {
  const whole = stories.flatMap(({ lines }) => lines).map(readLine);
  const endedAt = now.getTime() - Math.floor(20 * MINUTE + random.next() ** 2.5 * 170 * DAY);
  const abandoned = random.chance(0.04);
  const lines = abandoned ? whole.slice(0, 1) : whole;
  const dated = datedBackwards(random, lines, endedAt - random.between(5, 900) * SECOND);
  const closedBy = abandoned
    ? random.pick(['customer', 'system'] as const)
    : random.pick(['agent', 'agent', 'agent', 'agent', 'customer'] as const);
  return {
    status: 'closed',
    lines: dated,
    assignedAt: abandoned ? null : takenAt(dated),
    closedAt: new Date(endedAt),
    closedBy,
    rating: !abandoned && random.chance(0.45) ? rate(random) : null,
  };
}

function rate(random: Random): { stars: number; comment: string | null } {
  const stars = random.pick([5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1]);
  return { stars, comment: random.chance(0.5) ? random.pick(COMMENTS[stars] ?? ['']) || null : null };
}

/** Answers take a while, longer ones longer; the last line stands at `lastAt`. */
function datedBackwards(random: Random, lines: readonly Line[], lastAt: number): PlannedChat['lines'] {
  let at = lastAt;
  const dated = lines
    .map((line, index) => {
      const pause =
        random.between(4, 40) * SECOND +
        line.text.length * 160 +
        (random.chance(0.06) ? random.between(4, 25) * MINUTE : 0);
      return { line, pause: index === 0 ? 0 : pause };
    })
    .toReversed()
    .map(({ line, pause }) => {
      const own = { ...line, at: new Date(at) };
      at -= pause;
      return own;
    })
    .toReversed();
  return atLeastOne(dated);
}

/** A moment before the agent's first words. */
function takenAt(lines: PlannedChat['lines']): Date | null {
  const index = lines.findIndex(({ by }) => by === 'agent');
  const [answer, before] = [lines[index], lines[index - 1]];
  if (!answer || !before) return null;
  return new Date((answer.at.getTime() + before.at.getTime()) / 2);
}

function atLeastOne(lines: readonly DatedLine[]): PlannedChat['lines'] {
  const [first, ...rest] = lines;
  if (!first) throw new Error('A chat begins with a message.');
  return [first, ...rest];
}
