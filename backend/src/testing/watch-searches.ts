import { onSearch, type SearchReport } from '../db/sqlite/index.ts';

type Plan = SearchReport['plan'];

/** What may be read otherwise, each for its reason. */
const ALLOWED: { collection: string; path?: string; reason: string }[] = [
  { collection: 'departments', reason: 'few, whatever the size of an installation; read whole, once' },
  { collection: 'sites', reason: 'the brands of an installation; the list has a limit' },
  { collection: 'chats', path: 'searchTerms', reason: 'sorts what shares the beginning of its longest word' },
  { collection: 'chats', path: 'tags', reason: 'sorts what has the tag; MongoDB reads it in order' },
];

/**
 * Notes the searches in a database file that would become slow as it grows; `end` throws when there were any.
 * A search may read by an index, in its order, or read the first so many of all.
 *
 * @example const watch = watchSearches(join(dataDir, 'wzatco.sqlite')); … watch.end();
 */
export function watchSearches(file: string): { end(): void } {
  const slow = new Set<string>();
  const stop = onSearch((report) => {
    if (report.file !== file || isAllowed(report)) return;
    const why = slowness(report);
    if (why) slow.add(`${report.collection}: ${why}: ${shapeOf(report)}`);
  });
  return {
    end() {
      stop();
      if (slow.size > 0) throw new Error(`slow searches, which need an index:\n  ${[...slow].join('\n  ')}`);
    },
  };
}

function isAllowed({ collection, filter }: SearchReport): boolean {
  return ALLOWED.some((one) => one.collection === collection && (!one.path || one.path in filter));
}

/** Why a search takes longer the more documents there are, or null where it does not. */
function slowness({ plan, filter, sort, limit }: SearchReport): string | null {
  if (plan.kind === 'one') return null;
  const isSorted = sort.length === 0 || (plan.kind !== 'scan' && plan.isSorted);
  const readsFirst = Object.keys(filter).length === 0 && limit > 0 && isSorted;
  if (readsFirst) return null;
  if (plan.kind === 'scan') return 'scans the collection';
  // How well each document matches is known only when all were looked at.
  if (plan.kind === 'text') return null;
  const whole = walksOf(plan).find(({ ranges }) =>
    ranges.some(({ low, high }) => low.length === 0 && high === undefined),
  );
  if (whole) return `walks the whole index ${whole.name}`;
  if (isSorted) return null;
  return `sorts in memory what it found by ${walksOf(plan).map(({ name }) => name)}`;
}

function walksOf(plan: Plan) {
  if (plan.kind === 'scan' || plan.kind === 'text' || plan.kind === 'one') return [];
  return plan.kind === 'union' ? plan.plans : [plan];
}

function shapeOf({ filter, sort, limit }: SearchReport): string {
  const order = sort.map(([path, direction]) => `${path} ${direction}`).join(', ');
  return [JSON.stringify(withoutValues(filter)), order && `sorted by ${order}`, limit && `limit ${limit}`]
    .filter(Boolean)
    .join(' ');
}

/** Fields and operators without what they are compared with. */
function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) {
    const inner = value.filter((item) => isPlain(item)).map(withoutValues);
    return inner.length > 0 ? inner : '…';
  }
  if (!isPlain(value)) return '…';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutValues(inner)]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
