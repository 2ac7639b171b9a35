import { asNumber, isDocument } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { add } from '../../values/arithmetic.ts';
import type { SortSpec } from '../../search/sort-order.ts';
import { failure } from '../failure.ts';
import { fieldAt } from '../field-path.ts';
import { integer, isNumber } from '../numbers.ts';
import { addUnits, unitOf } from '../time-units.ts';
import { compareResults } from '../value-order.ts';
import { UTC } from '../zoned-time.ts';

/** Which documents of a partition count for the one at a place: from, up to but not including. */
export type Bounds = (partition: readonly Document[], at: number) => readonly [from: number, to: number];

type Edge = 'unbounded' | 'current' | number;

/**
 * Compiles a window; without one it is the whole partition.
 *
 * @throws MongoServerError where the window asks for an order that there is not
 */
export function compileBounds(window: unknown, sort: SortSpec): Bounds {
  if (window === undefined) return (partition) => [0, partition.length];
  if (!isDocument(window)) throw failure(9, "'window' must be an object");
  const { documents, range, unit, ...others } = window;
  if (Object.keys(others).length > 0) throw failure(9, "'window' takes 'documents', 'range' and 'unit' only");
  if (documents === undefined && range === undefined) return (partition) => [0, partition.length];
  if (documents !== undefined && range !== undefined) {
    throw failure(9, "a window has either 'documents' or 'range'");
  }
  if (documents !== undefined) return byPlace(edgesOf(documents, true), sort);
  return byValue(edgesOf(range, false), unit, sort);
}

function byPlace([low, high]: readonly [Edge, Edge], sort: SortSpec): Bounds {
  const isWhole = low === 'unbounded' && high === 'unbounded';
  if (!isWhole && sort.length === 0) throw failure(5339901, 'Document-based bounds require a sortBy');
  return (partition, at) => {
    const from = low === 'unbounded' ? 0 : at + offset(low);
    const to = high === 'unbounded' ? partition.length : at + offset(high) + 1;
    const start = Math.min(Math.max(from, 0), partition.length);
    return [start, Math.max(Math.min(to, partition.length), start)];
  };
}

function byValue([low, high]: readonly [Edge, Edge], unit: unknown, sort: SortSpec): Bounds {
  const [[path, direction] = ['', -1]] = sort;
  if (sort.length !== 1 || direction !== 1) {
    throw failure(5339902, 'Range-based bounds require an ascending sortBy a single field');
  }
  const parts = path.split('.');
  const by = unit === undefined ? undefined : unitOf(unit);
  const moved = (value: unknown, edge: Edge): unknown => {
    if (by === undefined) {
      if (!isNumber(value)) throw failure(5429414, 'Invalid range: Expected the sortBy field to be a number');
      return typeof edge === 'number' ? add(value, edgeValue(edge), 'double') : value;
    }
    if (!(value instanceof Date)) {
      throw failure(5429513, 'Invalid range: Expected the sortBy field to be a Date');
    }
    return new Date(addUnits(value.getTime(), by, typeof edge === 'number' ? edge : 0, UTC));
  };
  return (partition, at) => {
    const here = fieldAt(partition[at], parts);
    const value = (document: Document | undefined): unknown => fieldAt(document, parts);
    let from = 0;
    let to = partition.length;
    if (low !== 'unbounded') {
      const least = moved(here, low);
      from = countUntil(partition, (document) => compareResults(value(document), least) >= 0);
    }
    if (high !== 'unbounded') {
      const most = moved(here, high);
      to = countUntil(partition, (document) => compareResults(value(document), most) > 0);
    }
    return [from, Math.max(to, from)];
  };
}

/** How many documents of a sorted list come before the first that is reached. */
function countUntil(
  documents: readonly Document[],
  isReached: (document: Document | undefined) => boolean,
): number {
  let [low, high] = [0, documents.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isReached(documents[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

function edgesOf(bounds: unknown, isWhole: boolean): readonly [Edge, Edge] {
  const edges: unknown[] = Array.isArray(bounds) ? bounds : [];
  const [low, high] = edges.map((edge) => edgeOf(edge, isWhole));
  if (edges.length !== 2 || low === undefined || high === undefined) {
    throw failure(5339903, "window bounds must be a 2-element array of 'unbounded', 'current' and numbers");
  }
  if (offset(low, -Infinity) > offset(high, Infinity))
    throw failure(5339900, 'Lower bound must not exceed upper bound');
  return [low, high];
}

function edgeOf(edge: unknown, isWhole: boolean): Edge | undefined {
  if (edge === 'unbounded' || edge === 'current') return edge;
  const number = asNumber(edge);
  return isWhole && !Number.isInteger(number) ? undefined : number;
}

function offset(edge: Edge, unbounded = 0): number {
  if (edge === 'unbounded') return unbounded;
  return edge === 'current' ? 0 : edge;
}

function edgeValue(edge: number): unknown {
  return Number.isInteger(edge) ? integer(edge) : edge;
}
