import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { badValue, failedToParse, serverError, unsupported } from './errors.ts';

export type Options = Document;

/** Options that change nothing here: reads are always of committed data, writes always durable. */
const MEANINGLESS = new Set(
  (
    'session comment w j journal fsync wtimeout wtimeoutMS writeConcern readConcern readPreference ' +
    'readPreferenceTags retryWrites retryReads noCursorTimeout allowDiskUse batchSize checkKeys ' +
    'bypassDocumentValidation enableUtf8Validation'
  ).split(' '),
);

/** What Mongoose reads itself, and passes on with the rest. */
const OF_MONGOOSE = new Set(
  (
    'timestamps rawResult lean populate throwOnValidationError skipValidation middleware strict strictQuery ' +
    'sanitizeFilter runValidators setDefaultsOnInsert overwriteDiscriminatorKey overwriteImmutable ' +
    'validateBeforeSave pathsToSave validateModifiedOnly updatePipeline requireFilter new'
  ).split(' '),
);

/** Options whose `false` asks for something that there is not. */
const FALSE_MATTERS = new Set(['promoteValues', 'promoteLongs']);

/** Where all reads are of what is on the disk, each of these gets what it asks for. */
const LEVELS = new Set<unknown>(['local', 'available', 'majority', 'linearizable']);
const PREFERENCES = new Set<unknown>(['primary', 'primaryPreferred', 'secondaryPreferred', 'nearest']);

/** What is either so or not: a number or a word would be taken for no. */
const FLAGS = new Set(['upsert', 'includeResultMetadata', 'nameOnly', 'dropTarget', 'ordered']);

/** Refuses an option that would not be honoured, naming it. */
export function checkOptions(operation: string, options: Options, honoured: readonly string[]): void {
  for (const name in options) {
    const value = options[name];
    if (value === undefined || value === null) continue;
    if (FLAGS.has(name) && typeof value !== 'boolean')
      throw serverError(14, 'TypeMismatch', `the option ${name} must be true or false`);
    // What asks for the usual is granted.
    if (value === FALSE_MATTERS.has(name)) continue;
    // Mongoose leaves notes to itself, under names like `_populateBatchSize`.
    if (name.startsWith('_') || MEANINGLESS.has(name) || OF_MONGOOSE.has(name)) continue;
    if (!honoured.includes(name)) throw unsupported(`the option ${name} of ${operation}`);
  }
  checkConcerns(options);
}

/** Refuses a concern that one node, which acknowledges what is on its disk, does not fulfil. */
export function checkConcerns({ w, writeConcern, readConcern, readPreference }: Options): void {
  const copies = w ?? inner(writeConcern, 'w');
  if (copies !== undefined && copies !== null && copies !== 'majority' && Number(copies) !== 1) {
    throw unsupported(`the write concern w: ${String(copies)}`);
  }
  const level = inner(readConcern, 'level') ?? 'local';
  if (level === 'snapshot') throw unsupported("the read concern 'snapshot' outside of a transaction");
  if (!LEVELS.has(level)) throw failedToParse(`there is no read concern '${String(level)}'`);
  const preference = inner(readPreference, 'mode') ?? 'primary';
  if (preference === 'secondary') throw unsupported("the read preference 'secondary'");
  if (!PREFERENCES.has(preference)) throw badValue(`Invalid read preference mode "${String(preference)}"`);
}

/** A setting that stands alone or in an object. */
function inner(setting: unknown, name: string): unknown {
  if (typeof setting !== 'object' || setting === null) return setting;
  return isDocument(setting) || name in setting ? (setting as Document)[name] : undefined;
}
