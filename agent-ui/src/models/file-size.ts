const UNITS = ['B', 'KB', 'MB', 'GB'];

/** @example fileSize(1_500_000) // '1.5 MB' */
export function fileSize(bytes: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const digits = { maximumFractionDigits: step > 1 ? 1 : 0 };
  return `${(bytes / 1000 ** step).toLocaleString('en', digits)} ${UNITS[step] ?? 'B'}`;
}
