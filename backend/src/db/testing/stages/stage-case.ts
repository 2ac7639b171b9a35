/** A pipeline and what MongoDB's manual says it gives. */
export type StageCase = {
  readonly documents: readonly Record<string, unknown>[];
  /** Another collection, whose name stands wherever the pipeline says `OTHER`. */
  readonly others?: readonly Record<string, unknown>[];
  readonly pipeline: readonly Record<string, unknown>[];
  readonly expected: readonly unknown[];
  /** Whether the wire-protocol server that is no MongoDB is known to answer differently. */
  readonly isWrongOnSecantus?: true;
};
