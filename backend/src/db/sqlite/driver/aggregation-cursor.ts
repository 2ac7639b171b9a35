import { asNumber, decodeDocument, isDocument, normalise, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { Cursor } from './cursor.ts';
import type { Fetch } from './cursor.ts';
import type { Engine } from '../storage/engine.ts';
import { badValue, unsupported } from './errors.ts';
import { explainPlan } from '../search/explain.ts';
import { runPipeline } from '../aggregation/expressions.ts';
import { findDocuments } from '../search/find-documents.ts';
import type { FindStats } from '../search/find-documents.ts';
import { checkOptions, sessionOf } from './options.ts';
import type { Options } from './options.ts';
import { parseSort } from '../search/sort-order.ts';
import type { ReadSource } from '../storage/writer.ts';

/** An aggregation. Its leading `$match`, `$sort`, `$skip` and `$limit` use the indexes, the rest runs in memory. */
export class AggregationCursor extends Cursor {
  readonly #engine: Engine;
  readonly #collection: string | undefined;
  readonly #pipeline: Document[];
  readonly #options: Options;

  constructor(engine: Engine, collection: string | undefined, pipeline: unknown, options: Options) {
    super();
    checkOptions('aggregate', options, ['let', 'cursor', 'explain', 'hint']);
    const stages = Array.isArray(pipeline) ? pipeline : [pipeline];
    if (!stages.every((stage) => isDocument(stage) && Object.keys(stage).length === 1)) {
      throw badValue('each stage of a pipeline must be a document with one field');
    }
    this.#engine = engine;
    this.#collection = collection;
    // Through `normalise` first: it keeps functions visible, so that they are refused, not dropped.
    this.#pipeline = promote(normalise({ stages }))['stages'] as Document[];
    this.#options = options;
    const cursor = options['cursor'];
    const batch = asNumber(options['batchSize'] ?? (isDocument(cursor) ? cursor['batchSize'] : undefined));
    if (batch !== undefined) this.batchSize(batch);
  }

  addCursorFlag(flag: string, value: boolean): this {
    if (value && flag !== 'noCursorTimeout') throw unsupported(`the cursor flag ${flag}`);
    return this;
  }

  async explain(): Promise<Document> {
    const stats: FindStats = { documentsRead: 0 };
    const found = await this.#engine.read(sessionOf(this.#options), (source) => this.#run(source, stats));
    return explainPlan(stats, found.length);
  }

  protected override open(): Fetch {
    let rest: Document[] | undefined;
    return async (count) => {
      rest ??= await this.#engine.read(sessionOf(this.#options), (source) => this.#run(source));
      return rest.splice(0, count);
    };
  }

  #run(source: ReadSource, stats?: FindStats): Document[] {
    const { request, rest } = splitPipeline(this.#pipeline);
    const read = (name: string): Document[] => readAll(source, name, { filter: {} });
    const first =
      this.#collection === undefined
        ? []
        : readAll(source, this.#collection, { ...request, hint: this.#options['hint'] }, stats);
    const variables = isDocument(this.#options['let']) ? promote(this.#options['let']) : {};
    return rest.length === 0 ? first : runPipeline(first, rest, read, variables);
  }
}

type Leading = {
  filter: Document;
  sort?: ReturnType<typeof parseSort>;
  skip?: number;
  limit?: number;
  hint?: unknown;
};

function readAll(source: ReadSource, name: string, request: Leading, stats?: FindStats): Document[] {
  const rows = findDocuments(source, source.catalog.get(name), { ...request, decode: decodeDocument }, stats);
  return Array.from(rows, (row) => row.document);
}

/** Takes what a find can do off the pipeline's beginning, as long as that keeps its meaning. */
export function splitPipeline(pipeline: readonly Document[]): { request: Leading; rest: Document[] } {
  const request: Leading = { filter: {} };
  const order = ['$match', '$sort', '$skip', '$limit'];
  let reached = -1;
  let at = 0;
  for (; at < pipeline.length; at++) {
    const stage = pipeline[at] ?? {};
    const [name = ''] = Object.keys(stage);
    const place = order.indexOf(name);
    if (place <= reached) break;
    reached = place;
    const operand = stage[name];
    // `$expr` may use the pipeline's variables, which a find does not know.
    if (name === '$match' && (!isDocument(operand) || '$expr' in operand)) break;
    if (name === '$match' && isDocument(operand)) request.filter = normalise(operand);
    if (name === '$sort') request.sort = parseSort(operand);
    if (name === '$skip') request.skip = asNumber(operand) ?? 0;
    if (name === '$limit') request.limit = positive(operand);
  }
  return { request, rest: pipeline.slice(at) };
}

function positive(limit: unknown): number {
  const count = asNumber(limit);
  if (count === undefined || count <= 0 || !Number.isInteger(count))
    throw badValue('the limit must be positive');
  return count;
}
