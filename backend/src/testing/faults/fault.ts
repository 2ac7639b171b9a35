/** What became of everything that people wrote while something went wrong. */
export interface Outcome {
  /** Messages written, by any client. */
  sent: number;
  /** Messages that the server said it has stored. */
  acknowledged: number;
  /** Messages in the database afterwards. */
  stored: number;
  /** Messages on somebody's screen afterwards: in the list of a client, each counted once. */
  displayed: number;
  /**
   * Everything that is wrong, in words: shown otherwise than stored, and so on. What is lost, doubled or out of order
   * begins with `lost:`, `doubled:` or `out of order:`. None is the point.
   */
  faults: string[];
  /** What else was measured, in words, e.g. how fast the server answers afterwards. */
  note?: string;
}

/** How a fault is brought about. */
export interface FaultOptions {
  /** The same seed makes the same random choices. */
  seed: number;
  /** `short`: a few seconds, for every test run. `long`: the numbers that the promise is measured by. */
  size: 'short' | 'long';
  /** How many times over, for a fault that comes in rounds, instead of as often as its size says. */
  rounds?: number | undefined;
}

/** Something that goes wrong in the world, brought about on purpose while people write. */
export interface Fault {
  /** As the report names it: 'cut after the commit, before the acknowledgement'. */
  name: string;
  /** What it needs and this machine has not, in words; null where nothing is missing. It is left out then. */
  missing?(options: FaultOptions): string | null;
  /** Brings it about and compares what was acknowledged, stored and displayed. */
  run(options: FaultOptions): Promise<Outcome>;
}
