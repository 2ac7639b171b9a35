import { mongo } from 'mongoose';
import { asNumber, isDocument, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { Cursor } from './cursor.ts';
import type { Engine } from '../storage/engine.ts';
import { badValue, unsupported } from './errors.ts';
import type { OpenRead } from '../reads/open-read.ts';
import type { ReadRequest } from '../reads/read-request.ts';
import { splitDestination, writeResults } from '../changes/write-results.ts';
import { explainAs, isExplained, readOnce } from './explain-option.ts';
import { refuseOtherMethods } from './refuse-methods.ts';
import { checkOptions } from './check-options.ts';
import { searchOptionsOf, sessionOf } from './options.ts';
import type { Options } from './check-options.ts';

/** What an aggregation is run on; without a collection it begins with `$documents`. */
type Place = { readonly database: string; readonly collection?: string };

/** An aggregation. Its leading `$match`, `$sort`, `$skip` and `$limit` use the indexes, the rest runs in memory. */
export class AggregationCursor extends Cursor {
  readonly #engine: Engine;
  readonly #aggregation: {
    readonly collection: string | undefined;
    readonly documents: ReadRequest['documents'] & { readonly pipeline: Document[] };
  };
  readonly #databaseName: string;
  readonly #options: Options;
  #maxTime: number;

  /** @param place the collection, or only the database */
  constructor(engine: Engine, place: Place, pipeline: unknown, options: Options) {
    super();
    checkOptions('aggregate', options, ['let', 'cursor', 'explain', 'hint', 'collation', 'maxTimeMS']);
    const stages = Array.isArray(pipeline) ? pipeline : [pipeline];
    if (!stages.every((stage) => isDocument(stage) && Object.keys(stage).length === 1)) {
      throw badValue('each stage of a pipeline must be a document with one field');
    }
    this.#engine = engine;
    // `normalise` keeps functions visible, so that they are refused, not dropped.
    const { pipeline: normal, variables } = normalise({ pipeline: stages, variables: options['let'] ?? {} });
    this.#databaseName = place.database;
    this.#aggregation = {
      collection: place.collection,
      documents: {
        pipeline: normal as Document[],
        variables: variables as Document,
        ...searchOptionsOf(options),
      },
    };
    this.#maxTime = asNumber(options['maxTimeMS']) ?? 0;
    this.#options = options;
    const cursor = options['cursor'];
    const batch = asNumber(options['batchSize'] ?? (isDocument(cursor) ? cursor['batchSize'] : undefined));
    if (batch !== undefined) this.batchSize(batch);
  }

  addCursorFlag(flag: string, value: boolean): this {
    if (value && flag !== 'noCursorTimeout') throw unsupported(`the cursor flag ${flag}`);
    return this;
  }

  addStage(stage: Document): this {
    if (this.isOpened) throw badValue('a stage comes too late: the cursor is already running');
    this.#aggregation.documents.pipeline.push(normalise(stage));
    return this;
  }

  clone(): AggregationCursor {
    const { collection, documents } = this.#aggregation;
    const place = { database: this.#databaseName, ...(collection !== undefined && { collection }) };
    return new AggregationCursor(this.#engine, place, documents.pipeline, this.#options);
  }

  maxTimeMS(milliseconds: number): this {
    if (this.isOpened) throw badValue('maxTimeMS comes too late: the cursor is already running');
    this.#maxTime = milliseconds;
    return this;
  }

  async explain(verbosity?: unknown): Promise<Document> {
    return explainAs(verbosity, await this.#read('explain').next(1));
  }

  protected override open(): OpenRead {
    const verbosity = this.#options['explain'];
    if (isExplained(verbosity)) return readOnce(() => this.explain(verbosity));
    const { destination } = splitDestination(this.#aggregation.documents.pipeline);
    if (destination === undefined) return this.#read('aggregate');
    return {
      next: async () => {
        const session = sessionOf(this.#options);
        const request = this.#request('aggregate-exact');
        await writeResults(this.#engine, this.#databaseName, session, request, destination);
        return [];
      },
      close: () => undefined,
    };
  }

  #read(kind: 'aggregate' | 'explain'): OpenRead {
    return this.#engine.openRead(sessionOf(this.#options), this.#request(kind));
  }

  #request(kind: ReadRequest['kind']): ReadRequest {
    const { collection, documents } = this.#aggregation;
    const { reading } = splitDestination(documents.pipeline);
    return { kind, collection, documents: { ...documents, pipeline: reading }, maxTime: this.#maxTime };
  }
}

/** `cursor.match(filter)` and its like add a stage. */
const BUILDERS = 'group limit match out project lookup redact skip sort unwind geoNear'.split(' ');
for (const name of BUILDERS) {
  Object.defineProperty(AggregationCursor.prototype, name, {
    configurable: true,
    value(this: AggregationCursor, operand: unknown) {
      return this.addStage({ [`$${name}`]: operand });
    },
  });
}

refuseOtherMethods('cursor', AggregationCursor.prototype, mongo.AggregationCursor.prototype);
