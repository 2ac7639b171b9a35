import type { Message } from '../contract/chats.ts';

/**
 * The messages of one chat as far as they are here, with what is known of the rest. From `from` to `upTo` there is
 * no gap; beyond it there may be, until `upTo` has reached `lastSeq`.
 */
export interface Timeline {
  /** By `seq`. Before `loaded`, and beyond `upTo`, there may be gaps between them. */
  readonly messages: readonly Message[];
  /** Has a first page been placed? */
  readonly loaded: boolean;
  /** The first `seq` that is here; the next one to come where the chat is empty. */
  readonly from: number;
  /** The last `seq` before the first gap. */
  readonly upTo: number;
  /** The highest `seq` that was heard of. */
  readonly lastSeq: number;
  /** Changes are known up to this `rev`. */
  readonly rev: number;
  /** The highest `rev` that was heard of. */
  readonly lastRev: number;
}

/** What the server says of a chat's counters. */
export interface Counters {
  lastSeq: number;
  lastRev: number;
}

export const EMPTY_TIMELINE: Timeline = {
  messages: [],
  loaded: false,
  from: 1,
  upTo: 0,
  lastSeq: 0,
  rev: 0,
  lastRev: 0,
};

/** Are there messages after what is here without a gap? */
export function hasGap(timeline: Timeline): boolean {
  return timeline.lastSeq > timeline.upTo;
}

/** Has something changed that nobody told us of? */
export function missesChanges(timeline: Timeline): boolean {
  return timeline.lastRev > timeline.rev;
}

/** With counters that an answer, an acknowledgement or a heartbeat named. */
export function withCounters(timeline: Timeline, { lastSeq, lastRev }: Counters): Timeline {
  if (lastSeq <= timeline.lastSeq && lastRev <= timeline.lastRev) return timeline;
  return {
    ...timeline,
    lastSeq: Math.max(lastSeq, timeline.lastSeq),
    lastRev: Math.max(lastRev, timeline.lastRev),
  };
}

/** With the newest page, fetched as a beginning: all messages from its first to `lastSeq`. */
export function withNewestPage(timeline: Timeline, page: readonly Message[], counters: Counters): Timeline {
  const merged = merge(timeline.messages, page);
  const from = page[0]?.seq ?? counters.lastSeq + 1;
  const placed = {
    ...timeline,
    messages: merged.filter((message) => message.seq >= from),
    loaded: true,
    from,
    upTo: page.at(-1)?.seq ?? counters.lastSeq,
    rev: counters.lastRev,
  };
  return closeGaps(withCounters(placed, counters), counters.lastRev);
}

/** With the page before what is here. A page that does not end right before it is of no use and is left out. */
export function withOlderPage(timeline: Timeline, page: readonly Message[]): Timeline {
  const first = page[0];
  if (!first || page.at(-1)?.seq !== timeline.from - 1) return timeline;
  return { ...timeline, messages: merge(timeline.messages, page), from: first.seq };
}

/** With one page of catching up: the messages after `upTo`, older ones that changed, and the counters. */
export function withCatchUp(
  timeline: Timeline,
  page: Counters & { messages: readonly Message[]; changed: readonly Message[]; changedUpTo: number },
): Timeline {
  const here = page.changed.filter((message) => message.seq >= timeline.from);
  const caughtUp = {
    ...timeline,
    messages: merge(timeline.messages, [...here, ...page.messages]),
    upTo: Math.max(timeline.upTo, page.messages.at(-1)?.seq ?? 0),
    rev: Math.max(timeline.rev, page.changedUpTo),
  };
  return closeGaps(withCounters(caughtUp, page), page.changedUpTo);
}

/** With one message as it came live, from an acknowledgement, or changed. */
export function withMessage(timeline: Timeline, message: Message): Timeline {
  if (timeline.loaded && message.seq < timeline.from) return timeline;
  const merged = {
    ...timeline,
    messages: merge(timeline.messages, [message]),
    // The very next change is one that we have now; after a leap something in between is unknown.
    rev: message.rev === timeline.rev + 1 ? message.rev : timeline.rev,
  };
  const counted = withCounters(merged, { lastSeq: message.seq, lastRev: message.rev });
  return closeGaps(counted, timeline.rev);
}

/** What is told of a message that was edited or deleted. */
export type MessageUpdate = Pick<Message, 'seq' | 'rev' | 'content' | 'editedAt' | 'deletedAt'>;

/** With one edit or deletion as it came live. One of a message that is not here is only counted. */
export function withUpdate(timeline: Timeline, update: MessageUpdate): Timeline {
  const known = timeline.messages.find(({ seq }) => seq === update.seq);
  if (known)
    return withMessage(timeline, { ...known, ...update, ...(update.deletedAt && { attachments: [] }) });
  const rev = update.rev === timeline.rev + 1 ? update.rev : timeline.rev;
  return withCounters({ ...timeline, rev }, { lastSeq: update.seq, lastRev: update.rev });
}

/** By `seq`, each once, in its latest state. */
function merge(messages: readonly Message[], more: readonly Message[]): readonly Message[] {
  const last = messages.at(-1);
  const [only] = more;
  // The everyday case: one new message at the end.
  if (more.length === 1 && only && (!last || only.seq > last.seq)) return [...messages, only];
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  for (const message of more) {
    const known = bySeq.get(message.seq);
    if (!known || message.rev >= known.rev) bySeq.set(message.seq, message);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/**
 * Takes in what lay beyond a gap that is gone. What is not younger than `knownRev` may have been changed since it
 * came, without being named among the changes: it is fetched again.
 */
function closeGaps(timeline: Timeline, knownRev: number): Timeline {
  if (!timeline.loaded) return timeline;
  let upTo = timeline.upTo;
  for (const { seq, rev } of timeline.messages) if (seq === upTo + 1 && rev > knownRev) upTo = seq;
  return upTo === timeline.upTo ? timeline : { ...timeline, upTo };
}
