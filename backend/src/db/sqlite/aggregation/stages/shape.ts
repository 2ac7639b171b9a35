import { isDocument, Long } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { failure } from '../failure.ts';
import { fieldAt, setField, withField } from '../field-path.ts';
import { isNullish, namedOperands } from '../operator.ts';
import type { Compile } from '../operator.ts';
import { compileAddFields, compileProject, compileUnset } from '../project-tree.ts';
import type { Shape } from '../project-tree.ts';
import { scopeOf } from '../scope.ts';
import type { Evaluator, Scope } from '../scope.ts';
import type { Compiler, Stage, Stages } from '../stage.ts';

/** The stages that change each document by itself. */
export const shapeStages: Stages = {
  $project: (operand, { expression }) => eachDocument(compileProject(operand, expression)),
  $addFields: addFields,
  $set: addFields,
  $unset: (operand) => {
    const paths = Array.isArray(operand) ? operand : [operand];
    if (paths.length === 0 || !paths.every((path) => typeof path === 'string')) {
      throw failure(31002, '$unset specification must be a string or an array of strings');
    }
    return eachDocument(compileUnset(paths));
  },
  $replaceRoot: (operand, compiler) =>
    replaceRoot('$replaceRoot', namedOperands('$replaceRoot', operand, ['newRoot'], []).newRoot, compiler),
  $replaceWith: (operand, compiler) => replaceRoot('$replaceWith', operand, compiler),

  $unwind: (operand) => {
    const parts =
      typeof operand === 'string'
        ? { path: operand }
        : namedOperands('$unwind', operand, ['path'], ['includeArrayIndex', 'preserveNullAndEmptyArrays']);
    const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: preserves } = parts;
    if (typeof path !== 'string' || !path.startsWith('$') || path.startsWith('$$')) {
      throw failure(28818, "path option to $unwind stage should be prefixed with a '$'");
    }
    if (index !== undefined && (typeof index !== 'string' || index === '' || index.startsWith('$'))) {
      throw failure(28822, 'includeArrayIndex option to $unwind should be a field name without $');
    }
    return unwind(path.slice(1).split('.'), index, preserves === true);
  },

  $redact: (operand, { expression }) => {
    const decide = expression(operand);
    return function* (documents, { variables }) {
      for (const document of documents) {
        const kept = redact(document, decide, scopeOf(document, variables));
        if (kept !== undefined) yield kept;
      }
    };
  },
};

function addFields(operand: unknown, { expression }: { readonly expression: Compile }): Stage {
  return eachDocument(compileAddFields(operand, expression));
}

function eachDocument(shape: Shape): Stage {
  return function* (documents, { variables }) {
    for (const document of documents) yield shape(document, scopeOf(document, variables));
  };
}

function replaceRoot(name: string, newRoot: unknown, { expression }: Compiler): Stage {
  const evaluate = expression(newRoot);
  return eachDocument((_, scope) => {
    const root = evaluate(scope);
    if (isDocument(root)) return root;
    throw failure(40228, `'newRoot' of ${name} must evaluate to an object`);
  });
}

function unwind(parts: readonly string[], index: string | undefined, preserves: boolean): Stage {
  const placed = (document: Document, value: unknown, at: number | null): Document => {
    const result = withField(document, parts, value);
    if (index === undefined) return result;
    return withField(result, index.split('.'), at === null ? null : Long.fromNumber(at));
  };
  return function* (documents) {
    for (const document of documents) {
      const value = plainFieldAt(document, parts);
      if (Array.isArray(value) && value.length > 0) {
        for (const [at, item] of value.entries()) yield placed(document, item, at);
      } else if (!isNullish(value) && !Array.isArray(value)) {
        yield placed(document, value, null);
      } else if (preserves) {
        yield placed(document, Array.isArray(value) ? undefined : value, null);
      }
    }
  };
}

/** The value at a path that goes through documents only. */
function plainFieldAt(document: unknown, parts: readonly string[]): unknown {
  let value: unknown = document;
  for (const part of parts) {
    if (!isDocument(value)) return undefined;
    value = fieldAt(value, [part]);
  }
  return value;
}

function redact(document: Document, decide: Evaluator, scope: Scope): Document | undefined {
  const decision = decide({ ...scope, current: document });
  if (decision === 'keep') return document;
  if (decision === 'prune') return undefined;
  if (decision !== 'descend') throw failure(17053, '$redact must decide on $$KEEP, $$PRUNE or $$DESCEND');
  const result: Document = {};
  for (const [name, value] of Object.entries(document)) {
    setField(result, name, redactValue(value, decide, scope));
  }
  return result;
}

function redactValue(value: unknown, decide: Evaluator, scope: Scope): unknown {
  if (isDocument(value)) return redact(value, decide, scope);
  if (!Array.isArray(value)) return value;
  return value.map((item) => redactValue(item, decide, scope)).filter((item) => item !== undefined);
}
