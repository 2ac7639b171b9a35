import type { Document } from '../values/bson.ts';

/** What an expression can see while it is evaluated. */
export type Scope = {
  /** `$$ROOT`: the document that came into the stage. */
  readonly root: unknown;
  /** `$$CURRENT`: where `$field` begins; the root, except inside of `$redact`. */
  readonly current: unknown;
  /** `$$name`, `$$NOW` among them. */
  readonly variables: Readonly<Record<string, unknown>>;
};

/** A compiled expression. Missing is `undefined`, which is not null. */
export type Evaluator = (scope: Scope) => unknown;

/** The scope of one document of a stage. */
export function scopeOf(document: Document, variables: Scope['variables']): Scope {
  return { root: document, current: document, variables };
}

/** The same scope with more variables. */
export function withVariables(scope: Scope, added: Readonly<Record<string, unknown>>): Scope {
  return { ...scope, variables: { ...scope.variables, ...added } };
}
