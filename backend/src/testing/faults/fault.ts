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
  /** Everything that is wrong, in words: lost, doubled, out of order, shown otherwise than stored. None is the point. */
  faults: string[];
}

/** Something that goes wrong in the world, brought about on purpose while people write. */
export interface Fault {
  /** As the report names it: 'cut after the commit, before the acknowledgement'. */
  name: string;
  /**
   * Brings it about and compares what was acknowledged, stored and displayed.
   *
   * @param seed The same seed makes the same random choices.
   * @param size `short`: a few seconds, for every test run. `long`: the numbers that the promise is measured by.
   */
  run(options: { seed: number; size: 'short' | 'long' }): Promise<Outcome>;
}
