import { businessHours, type BusinessHours } from '@wzatco/sdk/contract';
import { WEEKDAYS } from '@wzatco/sdk/contract/constants';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpenAt, nextOpening } from './business-hours.ts';

type Interval = BusinessHours['weekly'][number];
const every = (open: string, close: string): Interval[] => WEEKDAYS.map((day) => ({ day, open, close }));
const hoursOf = (weekly: Interval[], timeZone = 'Europe/Berlin', holidays: string[] = []): BusinessHours => ({
  timeZone,
  weekly,
  holidays,
});
const at = (text: string) => new Date(text);
const opening = (hours: BusinessHours, from: string) => nextOpening(hours, at(from))?.toISOString() ?? null;

describe('business hours', () => {
  test('none, or none in the week, are always open', () => {
    expect(isOpenAt(null, at('2026-01-01T03:00:00Z'))).toBe(true);
    expect(isOpenAt(hoursOf([]), at('2026-01-01T03:00:00Z'))).toBe(true);
    expect(nextOpening(null, at('2026-01-01T03:00:00Z'))).toEqual(at('2026-01-01T03:00:00Z'));
  });

  test('go by the clock on the wall of their time zone, the first minute in, the last out', () => {
    const hours = hoursOf([{ day: 'monday', open: '09:00', close: '17:00' }]);
    // Monday, 5 January 2026; Berlin is an hour ahead.
    expect(isOpenAt(hours, at('2026-01-05T07:59:59Z'))).toBe(false);
    expect(isOpenAt(hours, at('2026-01-05T08:00:00Z'))).toBe(true);
    expect(isOpenAt(hours, at('2026-01-05T15:59:59Z'))).toBe(true);
    expect(isOpenAt(hours, at('2026-01-05T16:00:00Z'))).toBe(false);
    expect(opening(hours, '2026-01-05T16:00:00Z')).toBe('2026-01-12T08:00:00.000Z');
  });

  test('an interval may last past midnight, and to 24:00', () => {
    const night = hoursOf([{ day: 'friday', open: '22:00', close: '02:00' }], 'UTC');
    expect(isOpenAt(night, at('2026-01-09T23:59:00Z'))).toBe(true);
    expect(isOpenAt(night, at('2026-01-10T01:59:00Z'))).toBe(true);
    expect(isOpenAt(night, at('2026-01-10T02:00:00Z'))).toBe(false);
    expect(isOpenAt(night, at('2026-01-09T01:00:00Z'))).toBe(false);
    const late = hoursOf([{ day: 'friday', open: '20:00', close: '24:00' }], 'UTC');
    expect(isOpenAt(late, at('2026-01-09T23:59:00Z'))).toBe(true);
    expect(isOpenAt(late, at('2026-01-10T00:00:00Z'))).toBe(false);
  });

  test('nothing opens on a holiday, but the night before it ends as always', () => {
    const hours = hoursOf(every('22:00', '02:00'), 'UTC', ['2026-12-25']);
    expect(isOpenAt(hours, at('2026-12-25T01:00:00Z'))).toBe(true);
    expect(isOpenAt(hours, at('2026-12-25T23:00:00Z'))).toBe(false);
    expect(opening(hours, '2026-12-25T03:00:00Z')).toBe('2026-12-26T22:00:00.000Z');
    const around = hoursOf([], 'UTC', ['2026-12-25', '2026-12-26']);
    expect(isOpenAt(around, at('2026-12-25T12:00:00Z'))).toBe(false);
    expect(opening(around, '2026-12-25T12:00:00Z')).toBe('2026-12-27T00:00:00.000Z');
  });

  test('open at the same hour on the wall before and after the clocks change', () => {
    const hours = hoursOf([
      { day: 'friday', open: '09:00', close: '17:00' },
      { day: 'monday', open: '09:00', close: '17:00' },
    ]);
    // Berlin's clocks go forward on Sunday, 29 March 2026, and back on 25 October.
    expect(opening(hours, '2026-03-26T20:00:00Z')).toBe('2026-03-27T08:00:00.000Z');
    expect(opening(hours, '2026-03-28T20:00:00Z')).toBe('2026-03-30T07:00:00.000Z');
    expect(opening(hours, '2026-10-24T20:00:00Z')).toBe('2026-10-26T08:00:00.000Z');
  });

  test('an hour that does not exist opens when the clock has jumped over it', () => {
    const hours = hoursOf([{ day: 'sunday', open: '02:30', close: '05:00' }]);
    expect(opening(hours, '2026-03-28T20:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(isOpenAt(hours, at('2026-03-29T00:59:00Z'))).toBe(false);
    expect(isOpenAt(hours, at('2026-03-29T01:00:00Z'))).toBe(true);
  });

  test('an hour that comes twice opens twice', () => {
    const hours = hoursOf([{ day: 'sunday', open: '02:30', close: '02:45' }]);
    expect(opening(hours, '2026-10-25T00:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(opening(hours, '2026-10-25T00:50:00Z')).toBe('2026-10-25T01:30:00.000Z');
    const into = hoursOf([{ day: 'sunday', open: '01:00', close: '02:50' }]);
    expect(opening(into, '2026-10-25T00:55:00Z')).toBe('2026-10-25T01:00:00.000Z');
  });

  test('what never opens has no next opening', () => {
    const daily = Array.from({ length: 366 }, (_, day) =>
      new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString().slice(0, 10),
    );
    const day = daily.find((date) => new Date(date).getUTCDay() === 3);
    const hours = hoursOf([{ day: 'wednesday', open: '10:00', close: '11:00' }], 'UTC', [day ?? '']);
    expect(opening(hours, `${day}T00:00:00Z`)).toMatch(/^2026-01-14T10:00/);
    expect(opening(hoursOf(every('10:00', '11:00'), 'UTC', daily), '2026-01-01T00:00:00Z')).toBe(
      '2027-01-02T10:00:00.000Z',
    );
  });

  test('the next opening is the first open minute from then on, whatever the zone and the season', () => {
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'));
    const clock = time.map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const interval = fc.record({ day: fc.constantFrom(...WEEKDAYS), open: clock, close: clock });
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'UTC',
    );
    // Around the changes of the clocks, where it is hard.
    const moment = fc
      .tuple(
        fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
        fc.integer({ min: -2_000, max: 2_000 }),
      )
      .map(([date, minutes]) => new Date(Date.parse(date) + minutes * 60_000));
    const open = fc.record({
      timeZone: zone,
      weekly: fc.array(interval, { minLength: 1, maxLength: 4 }),
      holidays: fc.constant<string[]>([]),
    });
    fc.assert(
      fc.property(open, moment, (hours, from) => {
        const next = nextOpening(hours, from);
        expect(next && isOpenAt(hours, next)).toBe(true);
        // Looked at minute by minute, as far as two days.
        for (let minute = 0; minute < 2 * 24 * 60; minute += 1) {
          const moment = new Date(from.getTime() + minute * 60_000);
          if (next && moment >= next) break;
          expect(isOpenAt(hours, moment)).toBe(false);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('an unknown time zone or a time that is none is refused', () => {
    const refused = (hours: object) => businessHours.safeParse(hours).success;
    expect(refused({ timeZone: 'Europe/Atlantis', weekly: [], holidays: [] })).toBe(false);
    expect(refused({ timeZone: 'UTC', weekly: [{ day: 'monday', open: '24:00', close: '25:00' }] })).toBe(
      false,
    );
    expect(refused({ timeZone: 'UTC', weekly: [], holidays: ['2026-02-30'] })).toBe(false);
    expect(businessHours.parse({ timeZone: 'UTC', weekly: [] })).toEqual({
      timeZone: 'UTC',
      weekly: [],
      holidays: [],
    });
  });
});
