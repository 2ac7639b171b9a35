import { expect, test } from 'vitest';
import type { Message } from '../contract/chats.ts';
import {
  EMPTY_TIMELINE,
  hasGap,
  missesChanges,
  type Timeline,
  withCatchUp,
  withCounters,
  withMessage,
  withNewestPage,
  withOlderPage,
  withUpdate,
} from './timeline.ts';

function message(seq: number, rev = seq, content = `text ${seq}`): Message {
  return {
    chatId: 'c',
    id: `id-${seq}`,
    seq,
    rev,
    sender: 'customer',
    senderId: null,
    senderName: 'Ada',
    content,
    attachments: [],
    timestamp: '2026-01-01T00:00:00.000Z',
  };
}

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => message(from + at));
const seqs = (timeline: Timeline) => timeline.messages.map(({ seq }) => seq);
/** Messages 1 to 5, whole. */
const whole = withNewestPage(EMPTY_TIMELINE, range(1, 5), { lastSeq: 5, lastRev: 5 });

test('the newest page begins where it begins and has no gap', () => {
  const timeline = withNewestPage(EMPTY_TIMELINE, range(51, 100), { lastSeq: 100, lastRev: 130 });
  expect([timeline.from, timeline.upTo, hasGap(timeline), missesChanges(timeline)]).toEqual([
    51,
    100,
    false,
    false,
  ]);
});

test('an empty chat is whole, and its first message follows', () => {
  const empty = withNewestPage(EMPTY_TIMELINE, [], { lastSeq: 0, lastRev: 1 });
  expect([empty.from, hasGap(empty)]).toEqual([1, false]);
  const first = withMessage(empty, message(1, 2));
  expect([seqs(first), first.upTo, hasGap(first), missesChanges(first)]).toEqual([[1], 1, false, false]);
});

test('a message that comes twice is there once', () => {
  const twice = withMessage(withMessage(whole, message(6)), message(6));
  expect(seqs(twice)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a leap is a gap until what is between has come', () => {
  const leap = withMessage(whole, message(8));
  expect([leap.upTo, hasGap(leap)]).toEqual([5, true]);
  const closed = withMessage(withMessage(leap, message(7)), message(6));
  expect([seqs(closed), closed.upTo, hasGap(closed)]).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], 8, false]);
});

test('counters that are ahead tell of a gap, counters that are behind of nothing', () => {
  expect(hasGap(withCounters(whole, { lastSeq: 6, lastRev: 6 }))).toBe(true);
  expect(withCounters(whole, { lastSeq: 4, lastRev: 3 })).toBe(whole);
});

test('a change that nobody told of is missed; the very next one is not', () => {
  expect(missesChanges(withMessage(whole, message(6, 6)))).toBe(false);
  expect(missesChanges(withMessage(whole, message(6, 8)))).toBe(true);
});

test('catching up brings messages and changes, and never an older state of one', () => {
  const ahead = withMessage(whole, message(6, 9, 'edited'));
  const caught = withCatchUp(ahead, {
    messages: [message(6, 6, 'first'), message(7, 7)],
    changed: [message(2, 8, 'two, edited')],
    changedUpTo: 9,
    lastSeq: 7,
    lastRev: 9,
  });
  expect(caught.messages.map(({ content }) => content)).toEqual([
    'text 1',
    'two, edited',
    'text 3',
    'text 4',
    'text 5',
    'edited',
    'text 7',
  ]);
  expect([hasGap(caught), missesChanges(caught)]).toEqual([false, false]);
});

test('what waited beyond a gap is fetched again where it may have changed meanwhile', () => {
  const leap = withMessage(whole, message(7, 7));
  const caught = withCatchUp(leap, {
    messages: [message(6, 6)],
    changed: [],
    changedUpTo: 12,
    lastSeq: 7,
    lastRev: 12,
  });
  expect([caught.upTo, hasGap(caught)]).toEqual([6, true]);
});

test('an older page is put before what is here only where it fits', () => {
  const newest = withNewestPage(EMPTY_TIMELINE, range(51, 60), { lastSeq: 60, lastRev: 60 });
  expect(withOlderPage(newest, range(30, 40))).toBe(newest);
  const older = withOlderPage(newest, range(41, 50));
  expect([older.from, older.messages.length]).toEqual([41, 20]);
  expect(withOlderPage(older, [])).toBe(older);
});

test('a message before the first that is here is left for its page', () => {
  const newest = withNewestPage(EMPTY_TIMELINE, range(51, 60), { lastSeq: 60, lastRev: 60 });
  expect(seqs(withMessage(newest, message(3, 61)))).not.toContain(3);
});

/** A generator of its own for each seed, so that a failure can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed + 1;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

/** A server that appends and edits, and answers as `sync_chat` does, in pages of three messages and two changes. */
function server() {
  let messages: Message[] = [];
  let lastRev = 0;
  const counters = () => ({ lastSeq: messages.length, lastRev });
  return {
    all: () => messages,
    counters,
    touch: () => void (lastRev += 1),
    append() {
      lastRev += 1;
      const added = message(messages.length + 1, lastRev);
      messages = [...messages, added];
      return added;
    },
    edit(at: number) {
      lastRev += 1;
      messages = messages.map((old, index) =>
        index === at ? message(old.seq, lastRev, `edited ${lastRev}`) : old,
      );
      return messages[at] ?? expect.fail('there is no such message');
    },
    before: (seq: number, limit: number) => messages.filter((one) => one.seq < seq).slice(-limit),
    sync(afterSeq: number, afterRev: number) {
      const edited = messages
        .filter((one) => one.content.startsWith('edited') && one.seq <= afterSeq && one.rev > afterRev)
        .toSorted((a, b) => a.rev - b.rev);
      const changed = edited.slice(0, 2);
      return {
        messages: messages.slice(afterSeq, afterSeq + 3),
        changed,
        changedUpTo: edited.length > changed.length ? (changed.at(-1)?.rev ?? 0) : lastRev,
        ...counters(),
      };
    },
  };
}

test.each(Array.from({ length: 300 }, (_, seed) => seed))(
  'whatever is lost, doubled and shuffled on the way: after catching up the client has what the server has (seed %i)',
  (seed) => {
    const roll = dice(seed);
    const truth = server();
    for (let count = roll(12); count > 0; count -= 1) truth.append();
    let timeline = EMPTY_TIMELINE;
    const inFlight: Message[] = [];
    const updates: Message[] = [];
    const load = () => {
      timeline = withNewestPage(timeline, truth.before(Infinity, 4), truth.counters());
    };
    const catchUp = () => {
      timeline = withCatchUp(timeline, truth.sync(timeline.upTo, timeline.rev));
    };
    const steps = [
      () => void inFlight.push(truth.append()),
      () => void inFlight.push(truth.append()),
      () => truth.all().length > 0 && updates.push(truth.edit(roll(truth.all().length))),
      () => {
        const update = updates[roll(updates.length + 1)];
        if (update) timeline = withUpdate(timeline, update);
      },
      () => truth.touch(),
      () => inFlight.splice(roll(inFlight.length + 1), 1),
      () => {
        const arrived = inFlight[roll(inFlight.length + 1)];
        if (arrived) timeline = withMessage(timeline, arrived);
      },
      () => timeline.loaded && catchUp(),
      () => timeline.loaded && (timeline = withCounters(timeline, truth.counters())),
      () => timeline.loaded && (timeline = withOlderPage(timeline, truth.before(timeline.from, 4))),
      () => !timeline.loaded && load(),
    ];
    for (let count = 60; count > 0; count -= 1) steps[roll(steps.length)]?.();

    if (!timeline.loaded) load();
    timeline = withCounters(timeline, truth.counters());
    for (let pages = 0; pages < 40 && (hasGap(timeline) || missesChanges(timeline)); pages += 1) catchUp();
    expect(timeline.messages).toEqual(truth.all().slice(timeline.from - 1));
    expect([hasGap(timeline), missesChanges(timeline)]).toEqual([false, false]);
  },
);
