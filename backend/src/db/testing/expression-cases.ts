import { describe, expect, test } from 'vitest';
import type { Connected, KnownDeviation } from './conformance.ts';
import { DATES } from './expressions/dates.ts';
import { LISTS } from './expressions/lists.ts';
import { NUMBERS } from './expressions/numbers.ts';
import { SUBJECT } from './expressions/subject.ts';
import { failure, filled } from './fixtures.ts';

/** What aggregation expressions evaluate to, types included. */
export function expressionCases(connected: Connected, deviations: readonly KnownDeviation[]): void {
  describe.each(Object.entries({ ...NUMBERS, ...LISTS, ...DATES }))('expressions: %s', (_, cases) => {
    for (const [expression, expected, deviation] of cases) {
      const isWrongThere = deviation !== undefined && deviations.includes('expressions');
      test(JSON.stringify(expression), { fails: isWrongThere }, async () => {
        const collection = await filled(connected(), [SUBJECT]);
        const [found = {}] = await collection.aggregate([{ $project: { _id: 0, r: expression } }]).toArray();
        expect(found).toEqual(expected === undefined ? {} : { r: expected });
      });
    }
  });

  test.each([
    [{ $divide: [1, 0] }],
    [{ $toInt: 'x' }],
    [{ $toInt: 3_000_000_000 }],
    [{ $size: '$int' }],
    [{ $add: ['$int', 'x'] }],
    [{ $concat: ['a', 1] }],
    [{ $dateFromString: { dateString: 'no date' } }],
    [{ $hour: { date: '$date', timezone: 'Nowhere/Atall' } }],
    [{ $let: { vars: {}, in: '$$unknown' } }],
    [{ $nope: 1 }],
  ])('expressions: %j is an error', async (expression) => {
    const collection = await filled(connected(), [SUBJECT]);
    const error = await failure(collection.aggregate([{ $project: { r: expression } }]).toArray());
    expect(error.code).toBeTypeOf('number');
  });
}
