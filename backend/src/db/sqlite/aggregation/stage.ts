import type { Document } from '../values/bson.ts';
import type { SortSpec } from '../search/sort-order.ts';
import type { Collation } from '../values/collation.ts';
import type { Compile } from './operator.ts';
import type { Scope } from './scope.ts';

export type ReadRequest = {
  /** Went through `normalise`. */
  readonly filter: Document;
  readonly sort?: SortSpec;
  readonly skip?: number;
  /** Zero or nothing: all. */
  readonly limit?: number;
};

/** Reads a collection through its indexes, documents with exact numbers. */
export type CollectionReader = (collection: string, request: ReadRequest) => Iterable<Document>;

/** What a stage may use while it runs. */
export type StageRun = {
  readonly read: CollectionReader;
  readonly variables: Scope['variables'];
};

/** A compiled stage: takes documents from the stage before only as they are asked for. */
export type Stage = (documents: Iterable<Document>, run: StageRun) => Iterable<Document>;

/** Compiles what is inside of a stage. */
export type Compiler = {
  readonly expression: Compile;
  /** How strings are compared, else by their bytes. */
  readonly collation: Collation | undefined;
  /** @param added the variables that the inner pipeline may use besides those outside */
  readonly pipeline: (stages: unknown, added?: readonly string[]) => Stage;
};
export type StageCompiler = (operand: unknown, compiler: Compiler) => Stage;
export type Stages = Readonly<Record<string, StageCompiler>>;
