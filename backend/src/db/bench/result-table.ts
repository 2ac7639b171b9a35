/** One line of the report. */
export type Result = {
  readonly operation: string;
  /** What our side and what the other side did, with their units. */
  readonly measured: string;
  readonly reference: string;
  readonly ratio: string;
  readonly goal: string;
  /** Undefined where there is no goal. */
  readonly isMet: boolean | undefined;
  /** What else there is to say. */
  readonly detail?: string;
  /** How it stands to its goal, for a chart: up to 1 it is met. */
  readonly partOfGoal?: number;
};

const COLUMNS = ['operation', 'measured', 'reference', 'ratio', 'goal', '', ''] as const;

/** The report as text, the columns aligned; a title opens each part. */
export function formatTable(title: string, results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.operation,
    result.measured,
    result.reference,
    result.ratio,
    result.goal,
    result.isMet === undefined ? '' : result.isMet ? 'met' : 'NOT MET',
    result.detail ?? '',
  ]);
  const widths = COLUMNS.map((column, at) =>
    Math.max(...[column, ...rows.map((row) => row[at] ?? '')].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (at === 0 || at > 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [`— ${title}`, line(COLUMNS), ...rows.map(line), ''].join('\n');
}

/** Operations in a second from the microseconds of one. */
export function perSecond(cost: number): string {
  const rate = 1e6 / cost;
  const rounded = rate >= 1000 ? Math.round(rate / 100) * 100 : Math.round(rate);
  return `${rounded.toLocaleString('en')}/s`;
}
