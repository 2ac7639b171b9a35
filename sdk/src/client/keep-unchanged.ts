import type { ChatState } from './chat-state.ts';

/**
 * The next state with everything in it that has not changed being the same object as before; the state before
 * itself where nothing has. So a view draws only what is new.
 */
export function keepUnchanged(before: ChatState, next: ChatState): ChatState {
  const known = new Map(before.messages.map((message) => [message.key, message]));
  const messages = next.messages.map((message) => {
    const old = known.get(message.key);
    return old && isSame(old, message) ? old : message;
  });
  const kept: ChatState = {
    ...next,
    messages: keep(before.messages, messages),
    attached: keep(before.attached, next.attached),
    typing: keep(before.typing, next.typing),
    agent: isSame(before.agent, next.agent) ? before.agent : next.agent,
    read: isSame(before.read, next.read) ? before.read : next.read,
    rating: isSame(before.rating, next.rating) ? before.rating : next.rating,
  };
  return isSame(before, kept) ? before : kept;
}

function keep<T>(before: T[], next: T[]): T[] {
  return before.length === next.length && before.every((item, at) => item === next[at]) ? before : next;
}

function isSame(a: object | null, b: object | null): boolean {
  if (a === null || b === null || a === b) return a === b;
  const others = new Map(Object.entries(b));
  return Object.entries(a).every(([key, value]) => {
    const other: unknown = others.get(key);
    // An error made anew from the same refusal says the same.
    if (key === 'error' && value instanceof Error && other instanceof Error)
      return value.message === other.message;
    if (Array.isArray(value) && Array.isArray(other)) return keep<unknown>(value, other) === value;
    return Object.is(value, other);
  });
}
