import type { Document } from '../values/bson.ts';
import { normaliseValue } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';
import { unsupported } from './errors.ts';
import { Session } from './session.ts';

export type Options = Document;

/** Options that change nothing here: reads are always of committed data, writes always durable. */
const MEANINGLESS = new Set(
  (
    'session comment w j wtimeout writeConcern readConcern readPreference readPreferenceTags retryWrites ' +
    'noCursorTimeout allowDiskUse batchSize checkKeys ' +
    'timestamps'
  ).split(' '),
);

/** Refuses an option that would not be honoured, naming it. */
export function checkOptions(operation: string, options: Options, honoured: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    // Mongoose leaves notes to itself, under names like `_populateBatchSize`.
    if (name.startsWith('_') || MEANINGLESS.has(name) || honoured.includes(name)) continue;
    throw unsupported(`the option ${name} of ${operation}`);
  }
}

export function sessionOf(options: Options): Session | undefined {
  const session = options['session'];
  if (session === undefined || session === null) return undefined;
  if (session instanceof Session) return session;
  throw new TypeError('the session option must be a session of this connection');
}

/** The index to use and the collation, as parts of a read. Refuses a collation that is wrong. */
export function searchOptionsOf({ hint, collation }: Options): { hint?: unknown; collation?: unknown } {
  parseCollation(collation);
  const given = Object.entries({ hint, collation }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return Object.fromEntries(given.map(([name, value]) => [name, normaliseValue(value)]));
}
