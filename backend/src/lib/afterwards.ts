/** Holds back what others hear of something until its caller has the answer. */
export interface Afterwards {
  /** Does `work` after the answer; at once where that is out already. */
  add(work: () => void): void;
  /** The answer is out: does all that was held back, in order. */
  release(): void;
}

/**
 * @example
 * const later = createAfterwards();
 * later.add(() => bus.publish('message.stored', stored));
 * acknowledge(answer);
 * later.release();
 */
export function createAfterwards(): Afterwards {
  let held: (() => void)[] | undefined = [];
  return {
    add(work) {
      if (held) held.push(work);
      else work();
    },
    release() {
      const all = held ?? [];
      held = undefined;
      for (const work of all) work();
    },
  };
}
