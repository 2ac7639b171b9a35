import type { Document } from '../values/bson.ts';
import type { ReadMeter } from '../reads/read-meter.ts';
import type { ChosenPlan } from './planner.ts';

/** A plan in the shape of MongoDB's `explain('executionStats')`. */
export function explainPlan(
  { plan = { kind: 'scan' }, documentsRead }: Pick<ReadMeter, 'plan' | 'documentsRead'>,
  returned: number,
): Document {
  return {
    queryPlanner: { winningPlan: describe(plan) },
    executionStats: { executionSuccess: true, nReturned: returned, totalDocsExamined: documentsRead },
    ok: 1,
  };
}

function describe(plan: ChosenPlan): Document {
  if (plan.kind === 'scan') {
    return { stage: 'COLLSCAN', direction: plan.isReverse === true ? 'backward' : 'forward' };
  }
  if (plan.kind === 'one') {
    return {
      stage: 'IXSCAN',
      indexName: plan.name,
      isMultiKey: false,
      direction: 'forward',
      ranges: 1,
      sorted: true,
    };
  }
  if (plan.kind === 'text') return { stage: 'TEXT_MATCH', indexName: plan.name };
  if (plan.kind === 'union') {
    return { stage: plan.isSorted ? 'SORT_MERGE' : 'OR', inputStages: plan.plans.map(describe) };
  }
  return {
    stage: 'IXSCAN',
    indexName: plan.name,
    isMultiKey: plan.isMultikey,
    direction: plan.isReverse ? 'backward' : 'forward',
    ranges: plan.ranges.length,
    sorted: plan.isSorted,
  };
}
