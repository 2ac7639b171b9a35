import { serverError } from '../driver/errors.ts';
import type { Session } from '../driver/session.ts';
import type { ReadRequest } from '../reads/read-request.ts';
import type { Engine } from '../storage/engine.ts';
import { Binary, decodeExact } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { mergeResults } from './merge-results.ts';
import { replaceCollection } from './out-results.ts';
import { targetOf } from './result-target.ts';
import type { Results } from './result-target.ts';
import { CHANGE_STEP } from './selection.ts';

/** Where an aggregation's results go: its last stage, `$out` or `$merge`. */
export type Destination = { readonly stage: '$out' | '$merge'; readonly operand: unknown };

/**
 * Takes the stage that writes off a pipeline's end.
 *
 * @throws MongoServerError where such a stage stands anywhere else
 */
export function splitDestination(pipeline: readonly Document[]): {
  readonly reading: Document[];
  readonly destination: Destination | undefined;
} {
  const last = pipeline.at(-1) ?? {};
  const [stage] = Object.keys(last);
  const isWriting = stage === '$out' || stage === '$merge';
  const reading = isWriting ? pipeline.slice(0, -1) : [...pipeline];
  for (const inner of reading) {
    const misplaced = ['$out', '$merge'].find((name) => name in inner);
    if (misplaced !== undefined) {
      throw serverError(40601, 'Location40601', `${misplaced} can only be the final stage in the pipeline`);
    }
  }
  return { reading, destination: isWriting ? { stage, operand: last[stage] } : undefined };
}

/** Runs an aggregation and stores what it gives; resolves when all of it is on the disk. */
export async function writeResults(
  engine: Engine,
  databaseName: string,
  session: Session | undefined,
  request: ReadRequest,
  { stage, operand }: Destination,
): Promise<void> {
  if (session?.inTransaction() === true) {
    throw serverError(263, 'OperationNotSupportedInTransaction', `${stage} cannot run in a transaction`);
  }
  const read = engine.openRead(session, { ...request, kind: 'aggregate-exact' });
  const results: Results = async () => {
    const batch = await read.next(CHANGE_STEP);
    return batch.map(({ bytes }) => decodeExact(bytes instanceof Binary ? bytes.buffer : new Uint8Array()));
  };
  try {
    if (stage === '$out') await replaceCollection(engine, targetOf(operand, databaseName), results);
    else await mergeResults(engine, databaseName, operand, results);
  } finally {
    read.close();
  }
}
