import { isDocument } from '../../values/bson.ts';
import { unsupported } from '../../driver/errors.ts';
import { failure } from '../failure.ts';
import type { Compile } from '../operator.ts';
import type { AccumulatorCompiler, Gathering } from './accumulator.ts';
import { numericAccumulators } from './numeric.ts';
import { pickingAccumulators } from './picking.ts';

const ACCUMULATORS: Readonly<Record<string, AccumulatorCompiler>> = {
  ...numericAccumulators,
  ...pickingAccumulators,
};

export function isAccumulator(name: string): boolean {
  return Object.hasOwn(ACCUMULATORS, name);
}

/** Compiles `{ $sum: '$price' }` and its like. */
export function compileAccumulator(field: string, spec: unknown, compile: Compile): Gathering {
  const [name, ...others] = isDocument(spec) ? Object.keys(spec) : [];
  if (!isDocument(spec) || name === undefined || !name.startsWith('$')) {
    throw failure(40234, `The field '${field}' must be an accumulator object`);
  }
  if (others.length > 0) throw failure(40238, `The field '${field}' must specify one accumulator`);
  const compiler = isAccumulator(name) ? ACCUMULATORS[name] : undefined;
  if (compiler === undefined) throw unsupported(`the accumulator ${name}`);
  return compiler(spec[name], compile);
}
