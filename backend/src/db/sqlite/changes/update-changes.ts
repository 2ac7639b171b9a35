import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { isIndexPart } from '../values/paths.ts';
import { failedToParse, serverError, unsupported } from '../driver/errors.ts';
import { checkRename } from './rename-field.ts';
import { expandPath } from './update-paths.ts';
import type { PathContext } from './update-paths.ts';

/** One operator on one place. */
export type FieldUpdate = {
  readonly operator: string;
  /** Where it stands; `$`, `$[]` and `$[name]` until the document is known. */
  readonly parts: readonly string[];
  readonly operand: unknown;
};

/**
 * Lists an update's changes in the order in which they are made.
 *
 * @param update went through `normalise`
 * @throws MongoServerError for unknown operators and two changes of one place
 */
export function changesOf(update: Document, isOperator: (name: string) => boolean): FieldUpdate[] {
  const changes = Object.entries(update).flatMap(([operator, fields]): FieldUpdate[] => {
    if (!isOperator(operator)) {
      if (operator.startsWith('$')) throw unsupported(`the update operator ${operator}`);
      throw failedToParse(`an update must consist of operators, not of the field '${operator}'`);
    }
    if (!isDocument(fields))
      throw failedToParse(`Modifiers operate on fields but we found another type in ${operator}`);
    return Object.entries(fields).map(([path, operand]) => {
      if (path === '' || path.split('.').includes('')) {
        throw serverError(56, 'EmptyFieldName', `The update path '${path}' contains an empty field name`);
      }
      if (operator === '$rename') checkRename(path, operand);
      return { operator, parts: path.split('.'), operand };
    });
  });
  return inOrder(changes);
}

/** Puts the indexes of this document's arrays into the changes' paths, all before any of them is made. */
export function changesIn(
  document: Document,
  changes: readonly FieldUpdate[],
  context: PathContext,
): readonly FieldUpdate[] {
  if (!changes.some(({ parts }) => parts.some(isDynamic))) return changes;
  const placed = changes.flatMap((change) =>
    expandPath(document, change.parts, context).map((parts) => ({ ...change, parts })),
  );
  return inOrder(placed);
}

/** By path, as MongoDB's trees of changes are, whatever order they were written in; two of one place are refused. */
function inOrder(changes: FieldUpdate[]): FieldUpdate[] {
  if (changes.every(isPlain)) return inPlainOrder(changes);
  refuseConflicts(changes.flatMap(placesOf));
  return changes.sort((a, b) => comparePaths(target(a), target(b)));
}

/** Whether a change is of one field of the document's own, by its name: nearly all are. */
function isPlain({ operator, parts: [name = '', inner] }: FieldUpdate): boolean {
  return inner === undefined && operator !== '$rename' && !/^[\d$]/.test(name);
}

function inPlainOrder(changes: FieldUpdate[]): FieldUpdate[] {
  const name = ({ parts: [own = ''] }: FieldUpdate): string => own;
  changes.sort((a, b) => (name(a) < name(b) ? -1 : 1));
  for (let at = 1; at < changes.length; at++) {
    const [before, change] = [changes[at - 1], changes[at]];
    if (before && change && name(before) === name(change)) throw conflict(name(change));
  }
  return changes;
}

/** The places that a change touches; the last one is written to. */
export function placesOf(change: FieldUpdate): (readonly string[])[] {
  return change.operator === '$rename' ? [change.parts, target(change)] : [change.parts];
}

function target({ operator, parts, operand }: FieldUpdate): readonly string[] {
  return operator === '$rename' ? String(operand).split('.') : parts;
}

function refuseConflicts(paths: readonly (readonly string[])[]): void {
  const sorted = [...paths].sort(comparePaths);
  for (const [at, path] of sorted.entries()) {
    const before = sorted[at - 1];
    if (before === undefined) continue;
    const isInside = before.every((part, depth) => part === path[depth]);
    // `a.$[]` and `a.0` do not go together, `a.$[]` and `a.$[x]` may.
    const fork = before.findIndex((part, depth) => part !== path[depth]);
    const isMixed = !isInside && isElements(before[fork]) !== isElements(path[fork]);
    if (isInside || isMixed) throw conflict(path.join('.'));
  }
}

function conflict(path: string): Error {
  const message = `Updating the path '${path}' would create a conflict at '${path}'`;
  return serverError(40, 'ConflictingUpdateOperators', message);
}

function isDynamic(part: string): boolean {
  return part.startsWith('$');
}

function isElements(part: string | undefined): boolean {
  return part?.startsWith('$[') === true;
}

/** Part by part, names by their characters, indexes by their numbers. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (const [at, part] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    const difference =
      isIndexPart(part) && isIndexPart(other)
        ? Number(part) - Number(other)
        : Number(part > other) - Number(part < other);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
