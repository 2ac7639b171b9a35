import type { OpenRead } from '../reads/open-read.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse } from './errors.ts';

const VERBOSITIES = new Set(['queryPlanner', 'executionStats', 'allPlansExecution']);

/** Does the option `explain` ask for the explanation in place of the documents? */
export function isExplained(verbosity: unknown): boolean {
  return verbosity !== undefined && verbosity !== null && verbosity !== false;
}

/** As much of an explanation as is asked for; all of it where nothing is said. */
export function explainAs(verbosity: unknown, [explained = {}]: readonly Document[]): Document {
  const named = !isExplained(verbosity) || verbosity === true ? 'allPlansExecution' : nameOf(verbosity);
  if (!VERBOSITIES.has(named)) {
    throw failedToParse(`verbosity string must be one of {${[...VERBOSITIES].join(', ')}}, not '${named}'`);
  }
  if (named !== 'queryPlanner') return explained;
  const { queryPlanner, ok } = explained;
  return { queryPlanner, ok };
}

/** The driver takes both `'queryPlanner'` and `{ verbosity: 'queryPlanner' }`. */
function nameOf(verbosity: unknown): string {
  return String(
    typeof verbosity === 'object' && verbosity !== null ? (verbosity as Document)['verbosity'] : verbosity,
  );
}

/** A read that has this one document. */
export function readOnce(read: () => Promise<Document>): OpenRead {
  let isDone = false;
  return {
    next: async () => {
      if (isDone) return [];
      isDone = true;
      return [await read()];
    },
    close: () => {
      isDone = true;
    },
  };
}
