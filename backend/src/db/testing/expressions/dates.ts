import { at, WRONG } from './subject.ts';
import type { ExpressionTable } from './subject.ts';

/** Dates and times. */
export const DATES: ExpressionTable = {
  dates: [
    [{ $year: '$date' }, 2026],
    [{ $month: '$date' }, 3],
    [{ $dayOfMonth: '$date' }, 29],
    [{ $hour: { date: '$date', timezone: 'Europe/Berlin' } }, 1],
    [{ $hour: { date: at('2026-03-29T01:30:00Z'), timezone: 'Europe/Berlin' } }, 3],
    [{ $minute: { date: '$date', timezone: '+05:45' } }, 15],
    [{ $dayOfWeek: '$date' }, 1],
    [{ $dayOfYear: '$date' }, 88],
    [{ $isoDayOfWeek: '$date' }, 7],
    [{ $isoWeek: at('2027-01-01T00:00:00Z') }, 53],
    [{ $isoWeekYear: at('2027-01-01T00:00:00Z') }, 2026],
    [{ $week: '$date' }, 13],
    [{ $millisecond: '$date' }, 250],
    [{ $dateToString: { date: '$date' } }, '2026-03-29T00:30:15.250Z'],
    [
      { $dateToString: { date: '$date', format: '%Y/%m/%d %H:%M:%S %z', timezone: 'America/New_York' } },
      '2026/03/28 20:30:15 -0400',
    ],
    [{ $dateToString: { date: '$date', format: '%j %u %w %V %G %L %%' } }, '088 7 1 13 2026 250 %'],
    [{ $dateToString: { date: '$date', timezone: '+01' } }, '2026-03-29T01:30:15.250', WRONG],
    [{ $dateToString: { date: '$missing', onNull: 'never' } }, 'never', WRONG],
    [{ $dateFromString: { dateString: '2026-03-29T10:00:00' } }, at('2026-03-29T10:00:00Z')],
    [
      { $dateFromString: { dateString: '2026-03-29 10:00:00', timezone: 'Europe/Berlin' } },
      at('2026-03-29T08:00:00Z'),
    ],
    [{ $dateFromString: { dateString: '31/12/2025', format: '%d/%m/%Y' } }, at('2025-12-31T00:00:00Z')],
    [{ $dateFromParts: { year: 2026, month: 14, day: 0 } }, at('2027-01-31T00:00:00Z')],
    [
      { $dateFromParts: { year: 2026, month: 7, hour: 12, timezone: 'America/New_York' } },
      at('2026-07-01T16:00:00Z'),
    ],
    [{ $dateFromParts: { isoWeekYear: 2026, isoWeek: 1, isoDayOfWeek: 1 } }, at('2025-12-29T00:00:00Z')],
    [
      { $dateToParts: { date: '$date', timezone: 'Europe/Berlin' } },
      { year: 2026, month: 3, day: 29, hour: 1, minute: 30, second: 15, millisecond: 250 },
    ],
    [
      { $dateAdd: { startDate: at('2026-01-31T00:00:00Z'), unit: 'month', amount: 1 } },
      at('2026-02-28T00:00:00Z'),
    ],
    [
      { $dateAdd: { startDate: '$date', unit: 'day', amount: 1, timezone: 'Europe/Berlin' } },
      at('2026-03-29T23:30:15.250Z'),
    ],
    [
      { $dateAdd: { startDate: '$date', unit: 'hour', amount: 24, timezone: 'Europe/Berlin' } },
      at('2026-03-30T00:30:15.250Z'),
    ],
    [{ $dateSubtract: { startDate: '$date', unit: 'quarter', amount: 1 } }, at('2025-12-29T00:30:15.250Z')],
    [
      {
        $dateDiff: {
          startDate: at('2025-12-31T23:59:00Z'),
          endDate: at('2026-01-01T00:01:00Z'),
          unit: 'year',
        },
      },
      1,
    ],
    [{ $dateDiff: { startDate: at('2026-03-01T00:00:00Z'), endDate: '$date', unit: 'day' } }, 28],
    [
      {
        $dateDiff: {
          startDate: at('2026-03-27T00:00:00Z'),
          endDate: '$date',
          unit: 'week',
          startOfWeek: 'sunday',
        },
      },
      1,
    ],
    [
      {
        $dateDiff: {
          startDate: at('2026-03-27T00:00:00Z'),
          endDate: '$date',
          unit: 'week',
          startOfWeek: 'monday',
        },
      },
      0,
    ],
    [
      {
        $dateDiff: {
          startDate: at('2026-03-28T23:30:00Z'),
          endDate: '$date',
          unit: 'day',
          timezone: 'Europe/Berlin',
        },
      },
      0,
    ],
    [{ $dateTrunc: { date: '$date', unit: 'hour' } }, at('2026-03-29T00:00:00Z')],
    [{ $dateTrunc: { date: '$date', unit: 'month' } }, at('2026-03-01T00:00:00Z')],
    [{ $dateTrunc: { date: '$date', unit: 'quarter' } }, at('2026-01-01T00:00:00Z')],
    [{ $dateTrunc: { date: '$date', unit: 'week', startOfWeek: 'monday' } }, at('2026-03-23T00:00:00Z')],
    [{ $dateTrunc: { date: '$date', unit: 'day', timezone: 'Europe/Berlin' } }, at('2026-03-28T23:00:00Z')],
    [
      { $dateTrunc: { date: at('2021-03-20T11:30:05Z'), unit: 'hour', binSize: 2 } },
      at('2021-03-20T10:00:00Z'),
    ],
    [
      {
        $dateTrunc: {
          date: at('2021-03-20T11:30:05Z'),
          unit: 'week',
          binSize: 2,
          timezone: 'America/Los_Angeles',
          startOfWeek: 'Monday',
        },
      },
      at('2021-03-15T07:00:00Z'),
    ],
    [
      { $dateTrunc: { date: at('2021-03-20T11:30:05Z'), unit: 'day', binSize: 7 } },
      at('2021-03-20T00:00:00Z'),
    ],
    [{ $dateTrunc: { date: '$nothing', unit: 'day' } }, null],
    [{ $median: { input: [4, 1, 3, 2], method: 'approximate' } }, 2],
    [{ $percentile: { input: '$list', p: [0, 0.5, 0.9], method: 'approximate' } }, [1, 2, 3]],
  ],
};
