/** Members that each have their turn once in an interval. */
export interface Spread<Member> {
  add(member: Member): void;
  remove(member: Member): void;
  stop(): void;
}

/** Parts of the interval; those of one part have their turn together. */
const PARTS = 100;

/**
 * Calls `task` for every member once in `every` milliseconds, for a part of them at a time, so that many never have
 * their turn at once.
 *
 * @example
 * const beats = spreadOut<Socket>(25_000, (sockets) => sockets.forEach((socket) => socket.emit('beat')));
 * beats.add(socket);
 */
export function spreadOut<Member>(every: number, task: (members: Member[]) => void): Spread<Member> {
  const parts = Array.from({ length: PARTS }, () => new Set<Member>());
  const partOf = new Map<Member, Set<Member>>();
  let turn = 0;
  const timer = setInterval(() => {
    const part = parts[turn];
    turn = (turn + 1) % PARTS;
    if (part && part.size > 0) task([...part]);
  }, every / PARTS);
  return {
    add(member) {
      const emptiest = parts.reduce((best, part) => (part.size < best.size ? part : best));
      emptiest.add(member);
      partOf.set(member, emptiest);
    },
    remove(member) {
      partOf.get(member)?.delete(member);
      partOf.delete(member);
    },
    stop: () => clearInterval(timer),
  };
}
