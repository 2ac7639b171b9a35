type Rgb = readonly [red: number, green: number, blue: number];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [17, 20, 28];
/** Of the surfaces that accent-coloured words stand on (tokens.styles.ts), those nearest to them: the bubbles. */
const SURFACES = { light: [239, 241, 245] as Rgb, dark: [39, 42, 52] as Rgb };
/** WCAG 2.2 AA for text. */
const READABLE = 4.5;

/** `#abc`, `#aabbcc` or `rgb(1, 2, 3)`; null for what is none of them. */
export function parseColour(text: string): Rgb | null {
  const hex = /^#?([\da-f]{3}|[\da-f]{6})$/i.exec(text.trim())?.[1];
  if (hex) {
    const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
    const [red = 0, green = 0, blue = 0] = digits.map((pair) => Number.parseInt(pair, 16));
    return [red, green, blue];
  }
  const parts = /^rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)$/i.exec(text.trim());
  if (!parts) return null;
  const [red = 0, green = 0, blue = 0] = parts.slice(1).map((part) => Math.min(255, Number(part)));
  return [red, green, blue];
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours as WCAG counts it: 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function mix(colour: Rgb, towards: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number =>
    Math.round(colour[index] + (towards[index] - colour[index]) * share);
  return [part(0), part(1), part(2)];
}

/** White where it can be read, else the better of white and ink. */
export function textOn(colour: Rgb): Rgb {
  if (contrast(WHITE, colour) >= READABLE) return WHITE;
  return contrast(INK, colour) > contrast(WHITE, colour) ? INK : WHITE;
}

/** The colour itself where it can be read on `surface`, else the nearest shade of it that can. */
export function readableOn(surface: Rgb, colour: Rgb): Rgb {
  const towards = luminance(surface) > 0.4 ? INK : WHITE;
  for (let share = 0; share < 1; share += 0.05) {
    const shade = mix(colour, towards, share);
    if (contrast(shade, surface) >= READABLE) return shade;
  }
  return towards;
}

const css = (colour: Rgb): string => `rgb(${colour.join(' ')})`;

/**
 * The CSS variables that follow from an accent colour; none for a text that is no colour, so that the default stays.
 *
 * @example
 * accentVariables('#4f46e5')['--_site-accent-text']; // 'rgb(255 255 255)'
 */
export function accentVariables(accent: string): Record<string, string> {
  const colour = parseColour(accent);
  if (!colour) return {};
  const text = textOn(colour);
  // The deeper end moves away from the text's colour, so that both ends of the header can be read.
  const deep = mix(colour, text === WHITE ? INK : WHITE, 0.22);
  return {
    '--_site-accent': css(colour),
    '--_site-accent-deep': css(deep),
    '--_site-accent-text': css(text),
    '--_site-accent-on-light': css(readableOn(SURFACES.light, colour)),
    '--_site-accent-on-dark': css(readableOn(SURFACES.dark, colour)),
  };
}

const NAMES = Object.keys(accentVariables('#000'));

/** Sets an element's accent variables, through the style's own interface, which every content policy allows. */
export function applyAccent(element: HTMLElement, accent: string): void {
  const variables = accentVariables(accent);
  for (const name of NAMES) element.style.setProperty(name, variables[name] ?? '');
}
