import { describe, expect, it } from 'vitest';
import { dayOf, dayTitle, duration, shortAge, timeSpan } from './moments.ts';

const now = new Date('2026-03-10T12:00:00.000Z');
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);

describe('dayOf', () => {
  it('takes the day of the time zone, not of UTC', () => {
    const moment = new Date('2026-03-09T23:30:00.000Z');
    expect(dayOf(moment, 'UTC')).toBe('2026-03-09');
    expect(dayOf(moment, 'Asia/Tokyo')).toBe('2026-03-10');
    expect(dayOf(moment, 'America/Los_Angeles')).toBe('2026-03-09');
  });
});

describe('dayTitle', () => {
  it.each([
    ['2026-03-10T00:00:00.000Z', 'Today'],
    ['2026-03-09T23:59:59.000Z', 'Yesterday'],
    ['2026-03-08T10:00:00.000Z', 'Sunday'],
    ['2026-03-04T10:00:00.000Z', 'Wednesday'],
    ['2026-03-03T10:00:00.000Z', 'March 3'],
    ['2025-12-31T10:00:00.000Z', 'December 31, 2025'],
  ])('%s → %s', (moment, title) => {
    expect(dayTitle(new Date(moment), now, 'UTC')).toBe(title);
  });

  it('counts calendar days where the reader is', () => {
    const moment = new Date('2026-03-09T20:00:00.000Z');
    expect(dayTitle(moment, now, 'Asia/Tokyo')).toBe('Today');
  });
});

describe('shortAge', () => {
  it.each([
    [0, 'now'],
    [59_999, 'now'],
    [60_000, '1m'],
    [59 * 60_000, '59m'],
    [60 * 60_000, '1h'],
    [25 * 3_600_000, '1d'],
    [-5_000, 'now'],
  ])('%i ms → %s', (milliseconds, text) => {
    expect(shortAge(ago(milliseconds), now)).toBe(text);
  });
});

describe('duration', () => {
  it.each([
    [10_000, '<1 min'],
    [4 * 60_000, '4 min'],
    [3_600_000, '1 h'],
    [80 * 60_000, '1 h 20 min'],
    [50 * 3_600_000, '2 d'],
  ])('%i ms → %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});

describe('timeSpan', () => {
  const at = (time: string) => new Date(`2026-03-10T${time}.000Z`);
  // Some engines write thin or narrow spaces.
  const span = (from: Date, to: Date) => timeSpan(from, to, 'en', 'UTC').replace(/\s/gu, ' ');

  it('names the day once, and a minute once', () => {
    expect(span(at('11:40:05'), at('11:52:00'))).toBe('Mar 10, 2026, 11:40 – 11:52 AM');
    expect(span(at('11:40:05'), at('11:40:50'))).toBe('Mar 10, 2026, 11:40 AM');
  });

  it('survives a clock that was put back', () => {
    expect(span(at('11:40:05'), at('11:10:00'))).toBe('Mar 10, 2026, 11:40 AM');
  });
});
