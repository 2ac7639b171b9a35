import { asNumber, isDocument, normalise, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { Cursor } from './cursor.ts';
import type { Fetch } from './cursor.ts';
import type { Engine } from '../storage/engine.ts';
import { badValue, unsupported } from './errors.ts';
import { explainPlan } from '../search/explain.ts';
import { aggregate } from '../aggregation/aggregate.ts';
import type { Aggregation } from '../aggregation/aggregate.ts';
import type { FindStats } from '../search/find-documents.ts';
import { checkOptions, sessionOf } from './options.ts';
import type { Options } from './options.ts';
import type { ReadSource } from '../storage/writer.ts';

/** An aggregation. Its leading `$match`, `$sort`, `$skip` and `$limit` use the indexes, the rest runs in memory. */
export class AggregationCursor extends Cursor {
  readonly #engine: Engine;
  readonly #aggregation: Aggregation;
  readonly #options: Options;

  constructor(engine: Engine, collection: string | undefined, pipeline: unknown, options: Options) {
    super();
    checkOptions('aggregate', options, ['let', 'cursor', 'explain', 'hint']);
    const stages = Array.isArray(pipeline) ? pipeline : [pipeline];
    if (!stages.every((stage) => isDocument(stage) && Object.keys(stage).length === 1)) {
      throw badValue('each stage of a pipeline must be a document with one field');
    }
    this.#engine = engine;
    // `normalise` keeps functions visible, so that they are refused, not dropped.
    const { pipeline: normal, variables } = normalise({ pipeline: stages, variables: options['let'] ?? {} });
    this.#aggregation = {
      collection,
      pipeline: normal as Document[],
      variables: variables as Document,
      hint: options['hint'],
    };
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
    return await this.#engine.read(sessionOf(this.#options), (source) => {
      const found = [...aggregate(source, this.#aggregation, stats)];
      return explainPlan(stats, found.length);
    });
  }

  protected override open(): Fetch {
    let documents: Iterator<Document> | undefined;
    const take = (source: ReadSource, count: number): Document[] => {
      documents ??= aggregate(source, this.#aggregation)[Symbol.iterator]();
      const taken: Document[] = [];
      while (taken.length < count) {
        const { done, value } = documents.next();
        if (done === true) break;
        taken.push(promote(value as Document));
      }
      return taken;
    };
    return (count) => this.#engine.read(sessionOf(this.#options), (source) => take(source, count));
  }
}
