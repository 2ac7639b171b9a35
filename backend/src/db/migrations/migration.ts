import type { Connection } from 'mongoose';

/** One step from a shape of the data to the next. */
export type Migration = {
  /** The version that the data has afterwards. */
  readonly version: number;
  /** What it does, for the log. */
  readonly title: string;
  /**
   * Works on collections, not on models: those will have gone on when somebody comes from far behind. It may have
   * been interrupted anywhere before, so doing it again must change nothing that is done.
   */
  readonly up: (connection: Connection) => Promise<void>;
};
