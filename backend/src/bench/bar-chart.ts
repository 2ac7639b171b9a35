/** One bar: a value by its goal, as a part of it. */
export interface Bar {
  label: string;
  text: string;
  value: number;
  /** Undefined where there is none. */
  isMet: boolean | undefined;
}

const ROW = 30;
const LEFT = 470;
const WIDTH = 360;
const RIGHT = 130;
const TOP = 60;
/** The longest bar, as a part of its goal. */
const MOST = 2;

const COLOURS = { met: '#2f855a', missed: '#c53030', none: '#4a5568' };

/**
 * Horizontal bars as an SVG document; the line is where every goal stands.
 *
 * @param bars `value` 1 is exactly the goal.
 */
export function barChart(title: string, bars: readonly Bar[]): string {
  const height = TOP + bars.length * ROW + 20;
  const goal = LEFT + WIDTH / MOST;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + WIDTH + RIGHT}" height="${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="16" y="28" font-size="16" font-weight="bold">${escape(title)}</text>`,
    ...bars.map(drawBar),
    `<line x1="${goal}" x2="${goal}" y1="${TOP - 12}" y2="${height - 12}" stroke="#1a202c" stroke-dasharray="4 3"/>`,
    `<text x="${goal}" y="${TOP - 18}" text-anchor="middle">goal</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function drawBar({ label, text, value, isMet }: Bar, index: number): string {
  const y = TOP + index * ROW;
  const length = Math.max(2, (Math.min(value, MOST) / MOST) * WIDTH);
  const colour = isMet === undefined ? COLOURS.none : isMet ? COLOURS.met : COLOURS.missed;
  return [
    `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end">${escape(label)}</text>`,
    `<rect x="${LEFT}" y="${y}" width="${length.toFixed(1)}" height="${ROW - 10}" fill="${colour}"/>`,
    `<text x="${(LEFT + length + 8).toFixed(1)}" y="${y + 14}">${escape(text)}</text>`,
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
