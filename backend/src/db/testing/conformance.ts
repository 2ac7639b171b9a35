import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe } from 'vitest';
import { aggregationCases } from './aggregation-cases.ts';
import { collationCases } from './collation-cases.ts';
import { expressionCases } from './expression-cases.ts';
import { filterCases } from './filter-cases.ts';
import { indexCases } from './index-cases.ts';
import { mongooseCases } from './mongoose-cases.ts';
import { operationCases } from './operation-cases.ts';
import { stageCases } from './stage-cases.ts';
import { surfaceCases } from './surface-cases.ts';
import { textCases } from './text-cases.ts';
import { transactionCases } from './transaction-cases.ts';
import { updateRuleCases } from './update-rule-cases.ts';
import { updateCases } from './update-cases.ts';
import { writingPipelineCases } from './writing-pipeline-cases.ts';

export type TestConnection = { readonly connection: Connection; readonly close: () => Promise<void> };
/** Gives the connection that the suite opened; only inside of tests. */
export type Connected = () => Connection;

/** A case that MongoDB's manual decides against a server that only speaks its protocol. */
export type KnownDeviation =
  | 'parallel arrays'
  | 'multikey bounds'
  | 'collated updates'
  | 'update rules'
  | 'unknown locale'
  | 'text indexes'
  | 'hashed indexes'
  | 'expressions'
  | 'stages'
  | 'writing pipelines';

/**
 * One suite for every database behind Mongoose: what passes on one and not on the other is a bug of
 * one of them, and MongoDB's manual says of which.
 *
 * @param makeConnection gives an empty database
 * @param deviations cases known to go wrong there: they run, and must still go wrong
 */
export function conformance(
  name: string,
  makeConnection: () => Promise<TestConnection>,
  deviations: readonly KnownDeviation[] = [],
): void {
  describe(`conformance: ${name}`, () => {
    let opened: TestConnection | undefined;
    beforeAll(async () => {
      opened = await makeConnection();
    });
    afterAll(async () => {
      await opened?.close();
    });
    const connected: Connected = () => {
      if (opened === undefined) throw new Error('no connection');
      return opened.connection;
    };
    filterCases(connected);
    operationCases(connected);
    updateCases(connected);
    updateRuleCases(connected, deviations);
    indexCases(connected, deviations);
    collationCases(connected, deviations);
    textCases(connected, deviations);
    aggregationCases(connected);
    expressionCases(connected, deviations);
    stageCases(connected, deviations);
    writingPipelineCases(connected, deviations);
    transactionCases(connected);
    surfaceCases(connected);
    mongooseCases(connected);
  });
}
