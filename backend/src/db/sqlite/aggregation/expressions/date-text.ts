import { formatDate, readDate } from '../date-format.ts';
import { momentOfValue } from '../date-of.ts';
import { failure } from '../failure.ts';
import { refused } from '../convert-value.ts';
import { isNullish, namedOperands } from '../operator.ts';
import type { Operators } from '../operator.ts';
import { parseDate } from '../parse-date.ts';
import { UTC, zoneOf } from '../zoned-time.ts';

/** Dates as text, and text as dates. */
export const dateTextOperators: Operators = {
  $dateToString: (operand, compile) => {
    const parts = namedOperands('$dateToString', operand, ['date'], ['format', 'timezone', 'onNull']);
    const date = compile(parts.date);
    const format = 'format' in parts ? compile(parts.format) : undefined;
    const timezone = 'timezone' in parts ? compile(parts.timezone) : undefined;
    const onNull = 'onNull' in parts ? compile(parts.onNull) : () => null;
    return (scope) => {
      const value = date(scope);
      if (isNullish(value)) return onNull(scope);
      const zoneName = timezone?.(scope);
      const wanted = format?.(scope);
      if ((timezone !== undefined && isNullish(zoneName)) || (format !== undefined && isNullish(wanted)))
        return null;
      const zone = zoneOf(zoneName);
      const text = wanted ?? (zone === UTC ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
      if (typeof text !== 'string') throw failure(18533, '$dateToString requires that format be a string');
      return formatDate(momentOfValue(value), text, zone);
    };
  },

  $dateFromString: (operand, compile) => {
    const optional = ['format', 'timezone', 'onError', 'onNull'] as const;
    const parts = namedOperands('$dateFromString', operand, ['dateString'], optional);
    const input = compile(parts.dateString);
    const format = 'format' in parts ? compile(parts.format) : undefined;
    const timezone = 'timezone' in parts ? compile(parts.timezone) : undefined;
    const onNull = 'onNull' in parts ? compile(parts.onNull) : () => null;
    const onError = 'onError' in parts ? compile(parts.onError) : undefined;
    return (scope) => {
      const value = input(scope);
      if (isNullish(value)) return onNull(scope);
      const zoneName = timezone?.(scope);
      const wanted = format?.(scope);
      if ((timezone !== undefined && isNullish(zoneName)) || (format !== undefined && isNullish(wanted)))
        return null;
      const zone = timezone === undefined ? undefined : zoneOf(zoneName);
      const date = typeof value === 'string' ? read(value, wanted, zone) : undefined;
      if (date !== undefined) return date;
      if (onError !== undefined) return onError(scope);
      throw refused(value, 'date');
    };
  },
};

function read(text: string, format: unknown, zone: ReturnType<typeof zoneOf> | undefined): Date | undefined {
  if (format === undefined) return parseDate(text, zone);
  if (typeof format !== 'string') throw failure(40684, "$dateFromString requires that 'format' be a string");
  return readDate(text, format, zone);
}
