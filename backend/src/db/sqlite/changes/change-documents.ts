import { orTooLong } from '../reads/read-meter.ts';
import type { Session } from '../driver/session.ts';
import type { Engine } from '../storage/engine.ts';
import type { Row } from '../storage/row.ts';
import { compileRowsDelete, compileRowsUpdate, changeRows } from './update-rows.ts';
import type { RowsChange, UpdateOutcome, UpdateRequest } from './update-rows.ts';
import { CHANGE_STEP, rowsAt } from './selection.ts';
import type { Document } from '../values/bson.ts';
import type { Options } from '../driver/check-options.ts';
import { sessionOf } from '../driver/options.ts';

/** Updates or replaces; see `UpdateRequest`. */
export async function updateDocuments(
  engine: Engine,
  name: string,
  request: UpdateRequest,
): Promise<UpdateOutcome> {
  const outcomes = await changeDocuments(
    engine,
    sessionOf(request.options ?? {}),
    name,
    compileRowsUpdate(request),
  );
  return outcomes.reduce((sum, one) => ({
    matchedCount: sum.matchedCount + one.matchedCount,
    modifiedCount: sum.modifiedCount + one.modifiedCount,
    upsertedId: sum.upsertedId ?? one.upsertedId,
    before: sum.before ?? one.before,
    after: sum.after ?? one.after,
  }));
}

/** Deletes one document or all that match: how many, and the first of them. */
export async function deleteDocuments(
  engine: Engine,
  name: string,
  filter: Document,
  isMulti: boolean,
  options: Options = {},
): Promise<{ count: number; first: Row | null }> {
  const change = compileRowsDelete(filter, isMulti, options);
  const outcomes = await changeDocuments(engine, sessionOf(options), name, change);
  return outcomes.reduce((sum, one) => ({ count: sum.count + one.count, first: sum.first ?? one.first }));
}

/**
 * Changes what is found soon as one write. What takes long to find is looked up in another thread and
 * changed in steps, each row only if it still matches: as in MongoDB, a change of many documents is
 * not one step for others, except in a transaction.
 */
export async function changeDocuments<Outcome>(
  engine: Engine,
  session: Session | undefined,
  name: string,
  change: RowsChange<Outcome>,
): Promise<[Outcome, ...Outcome[]]> {
  const { selection, apply } = change;
  const whole = await engine.write(session, (writer) =>
    orTooLong(() => changeRows(writer, name, change, engine.newMeter())),
  );
  if (whole !== undefined) return [whole];
  for (;;) {
    const places = await placesOf(engine, session, name, selection);
    const outcomes: Outcome[] = [];
    for (let at = 0; at < places.length; at += CHANGE_STEP) {
      const step = await engine.write(session, (writer) => {
        const rows = rowsAt(writer, name, selection, places.slice(at, at + CHANGE_STEP));
        return rows.length === 0 ? undefined : apply(writer, name, rows);
      });
      if (step !== undefined) outcomes.push(step);
    }
    const [first, ...others] = outcomes;
    if (first !== undefined) return [first, ...others];
    // Whoever was to be changed alone may have been changed by another; then the next one is it.
    if (places.length === 0 || selection.limit === 0) {
      return [await engine.write(session, (writer) => apply(writer, name, []))];
    }
  }
}

async function placesOf(
  engine: Engine,
  session: Session | undefined,
  collection: string,
  { sort, limit, ...documents }: RowsChange<unknown>['selection'],
): Promise<number[]> {
  const read = engine.openRead(session, { kind: 'places', collection, sort, limit, documents });
  const found = await read.next(Infinity);
  return found.map(({ rid }) => Number(rid));
}
