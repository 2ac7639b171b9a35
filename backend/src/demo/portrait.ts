const BACKGROUNDS = ['#ffd8a8', '#b2f2bb', '#a5d8ff', '#d0bfff', '#fcc2d7', '#c3fae8', '#ffec99', '#eebefa'];
const SKINS = ['#f8d5b8', '#eab98f', '#c98d5e', '#8d5a3a', '#5f3a22'];
const HAIRS = ['#2b1d14', '#5b3a1e', '#a8692c', '#d9b36a', '#8a8d91', '#1c1c22', '#7a2e1d'];
const SHIRTS = ['#364fc7', '#0b7285', '#2b8a3e', '#c92a2a', '#862e9c', '#343a40', '#d9480f'];

const HAIR_SHAPES = [
  'M30 48c-2-22 8-30 20-30s22 8 20 30c-4-12-10-16-20-16s-16 4-20 16z',
  'M28 66c-6-36 6-50 22-50s28 14 22 50c-4-2-4-22-8-32-8 4-20 2-28-2-2 10-4 32-8 34z',
  'M31 40c0-14 8-22 19-22s20 8 19 22c-6-6-12-8-19-8s-13 2-19 8z',
];

/**
 * A drawn portrait as a `data:` address, different for each number: nothing is fetched and nobody is meant.
 *
 * @example portraitOf(3) // 'data:image/svg+xml,…'
 */
export function portraitOf(number: number): string {
  const of = (choices: readonly string[], step: number) => choices[(number * step) % choices.length] ?? '';
  const svg = [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">',
    `<path fill="${of(BACKGROUNDS, 3)}" d="M0 0h100v100H0z"/>`,
    `<path fill="${of(SHIRTS, 2)}" d="M14 100c2-22 16-30 36-30s34 8 36 30z"/>`,
    `<path fill="${of(SKINS, 2)}" d="M42 58h16v16c-5 5-11 5-16 0z"/>`,
    `<ellipse fill="${of(SKINS, 2)}" cx="50" cy="46" rx="18" ry="21"/>`,
    `<path fill="${of(HAIRS, 5)}" d="${of(HAIR_SHAPES, 1)}"/>`,
    '</svg>',
  ].join('');
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
