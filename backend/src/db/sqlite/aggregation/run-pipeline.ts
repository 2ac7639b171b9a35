import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import { badValue, unsupported } from '../driver/errors.ts';
import { compileExpression } from './expression.ts';
import { failure } from './failure.ts';
import type { CollectionReader, Stage, StageCompiler } from './stage.ts';
import { bucketStages } from './stages/bucket.ts';
import { combiningStages } from './stages/combine.ts';
import { densifyStages } from './stages/densify.ts';
import { flowStages } from './stages/flow.ts';
import { graphStages } from './stages/graph-lookup.ts';
import { groupStages } from './stages/group.ts';
import { lookupStages } from './stages/lookup.ts';
import { shapeStages } from './stages/shape.ts';
import { windowStages } from './stages/window.ts';

const STAGES: Readonly<Record<string, StageCompiler>> = {
  ...bucketStages,
  ...combiningStages,
  ...densifyStages,
  ...flowStages,
  ...graphStages,
  ...groupStages,
  ...lookupStages,
  ...shapeStages,
  ...windowStages,
};

/** Besides the flow stages, what means the same under every collation. */
const COMPARES_NOTHING = new Set(['$unwind', '$unset']);

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
  const { documents, pipeline, read, variables = {}, collation } = run;
  const stage = compilePipeline(pipeline, Object.keys(variables), collation);
  return stage(documents, { read, variables: { ...variables, NOW: new Date() } });
}

/**
 * Compiles stages into one.
 *
 * @param names the variables that its expressions may use besides the system's own
 */
function compilePipeline(pipeline: unknown, names: readonly string[], collation?: Collation): Stage {
  if (!Array.isArray(pipeline)) throw badValue('a pipeline must be an array of stages');
  const stages = pipeline.map((stage: unknown, at) => compileStage(stage, at, names, collation));
  return (documents, run) => stages.reduce((flow, stage) => stage(flow, run), documents);
}

function compileStage(stage: unknown, at: number, names: readonly string[], collation?: Collation): Stage {
  const [name, ...others] = isDocument(stage) ? Object.keys(stage) : [];
  if (!isDocument(stage) || name === undefined || others.length > 0) {
    throw failure(40323, 'A pipeline stage specification object must contain exactly one field');
  }
  const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (compile === undefined) throw unsupported(`the aggregation stage ${name}`);
  if (name === '$documents' && at > 0) throw failure(40602, '$documents is only valid as the first stage');
  if (collation !== undefined && !COMPARES_NOTHING.has(name) && !(name in flowStages)) {
    throw unsupported(`the aggregation stage ${name} with a collation`);
  }
  return compile(stage[name], {
    collation,
    expression: (expression, added = []) => compileExpression(expression, new Set([...names, ...added])),
    pipeline: (stages, added = []) => compilePipeline(stages, [...names, ...added], collation),
  });
}
