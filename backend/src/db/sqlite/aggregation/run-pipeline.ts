import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import { badValue, unsupported } from '../driver/errors.ts';
import type { SortSpec } from '../search/sort-order.ts';
import { mingoStage } from './expressions.ts';
import { flowStages } from './flow-stages.ts';

/** Reads a collection through its indexes, documents with exact numbers. */
export type CollectionReader = (collection: string, request: ReadRequest) => Iterable<Document>;
export type ReadRequest = {
  /** Went through `normalise`. */
  readonly filter: Document;
  readonly sort?: SortSpec;
  /** Zero or nothing: all. */
  readonly limit?: number;
};

/** What a stage may use besides the documents. */
export type StageContext = {
  readonly read: CollectionReader;
  readonly variables: Document;
  /** How strings are compared, else by their bytes. */
  readonly collation?: Collation | undefined;
};

/** Takes documents from the stage before only as they are asked for. */
export type Stage = (documents: Iterable<Document>) => Iterable<Document>;
export type StageCompiler = (operand: unknown, context: StageContext) => Stage;

export type PipelineRun = {
  readonly documents: Iterable<Document>;
  readonly pipeline: readonly Document[];
  readonly read: CollectionReader;
  /** What `let` gave, by name. */
  readonly variables?: Document;
  readonly collation?: Collation | undefined;
};

/**
 * Runs stages over documents, lazily. Documents, pipeline and variables are exact (they went through
 * `normalise` or `decodeExact`), and so are the results: `promote` makes them what applications see.
 *
 * @throws MongoServerError for a stage that is wrong or not supported, at once; for a value that is
 * wrong, when it is met
 * @example [...runPipeline({ documents, pipeline: [{ $match: { a: 1 } }, { $count: 'n' }], read })]
 */
export function runPipeline(run: PipelineRun): Iterable<Document> {
  const { documents, pipeline, variables = {}, ...context } = run;
  return compilePipeline(pipeline, { ...context, variables })(documents);
}

/** Besides the flow stages, what means the same under every collation. */
const COMPARES_NOTHING = new Set(['$unwind', '$unset']);

/** Compiles stages into one. */
export function compilePipeline(pipeline: readonly Document[], context: StageContext): Stage {
  const stages = pipeline.map((stage) => {
    const [name, ...others] = isDocument(stage) ? Object.keys(stage) : [];
    if (name === undefined || others.length > 0) {
      throw badValue('each stage of a pipeline must be a document with one field');
    }
    if (context.collation !== undefined && !COMPARES_NOTHING.has(name) && !(name in flowStages)) {
      throw unsupported(`the aggregation stage ${name} with a collation`);
    }
    const compile = flowStages[name] ?? mingoStage(name);
    return compile(stage[name], context);
  });
  return (documents) => stages.reduce((flow, stage) => stage(flow), documents);
}
