import type { Texts } from '../../locales/en.ts';
import { dayOf } from './group-messages.ts';

/** `10:04` as the locale writes it, in the device's time zone. */
export function clockTime(timestamp: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(new Date(timestamp));
}

/** "Today", "Yesterday", else the date; with the year where it is another than now. */
export function dayName(timestamp: string, locale: string, texts: Texts, now = new Date()): string {
  const day = dayOf(timestamp);
  if (day === dayOf(now)) return texts.today;
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (day === dayOf(yesterday)) return texts.yesterday;
  const date = new Date(timestamp);
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'long', ...year }).format(
    date,
  );
}
