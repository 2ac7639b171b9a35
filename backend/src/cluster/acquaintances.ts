/** A process that is silent for so long is dead, and its connections with it, in milliseconds. */
const LEASE = 15_000;

/** The other processes that were heard. */
export interface Acquaintances {
  /** Heard just now. Answers whether it was unknown. */
  note(from: string): boolean;
  /** None of them could be heard meanwhile: their silence begins now. */
  forgive(): void;
  /** Forgets those whose time is over, and names them. */
  takeDead(): string[];
}

/** @example const others = createAcquaintances(); others.note('a'); */
export function createAcquaintances(now: () => number = () => performance.now()): Acquaintances {
  const heardAt = new Map<string, number>();
  return {
    note(from) {
      const isNew = !heardAt.has(from);
      heardAt.set(from, now());
      return isNew;
    },
    forgive() {
      for (const from of heardAt.keys()) heardAt.set(from, now());
    },
    takeDead() {
      const dead = [...heardAt].filter(([, at]) => now() - at >= LEASE).map(([from]) => from);
      for (const from of dead) heardAt.delete(from);
      return dead;
    },
  };
}
