import type { Document } from '../values/bson.ts';
import { normaliseValue } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';
import type { Options } from './check-options.ts';
import { Session } from './session.ts';

export function sessionOf(options: Options): Session | undefined {
  const session = options['session'];
  if (session === undefined || session === null) return undefined;
  if (session instanceof Session) return session;
  throw new TypeError('the session option must be a session of this connection');
}

/** The index to use, the collation and the variables of `let`, as parts of a read. */
export type SearchOptions = {
  readonly hint?: unknown;
  readonly collation?: unknown;
  readonly variables?: Document;
};

const NONE: SearchOptions = {};

/** Reads them off the options. Refuses a collation that is wrong. */
export function searchOptionsOf({ hint, collation, let: variables }: Options): SearchOptions {
  if (isNothing(hint) && isNothing(collation) && isNothing(variables)) return NONE;
  parseCollation(collation);
  const given = Object.entries({ hint, collation, variables }).filter(([, value]) => !isNothing(value));
  return Object.fromEntries(given.map(([name, value]) => [name, normaliseValue(value)]));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
