export const MODES = ['floating', 'inline'] as const;
export const POSITIONS = ['bottom-right', 'bottom-left'] as const;
export const THEMES = ['auto', 'light', 'dark'] as const;

export type Mode = (typeof MODES)[number];
export type Position = (typeof POSITIONS)[number];
export type Theme = (typeof THEMES)[number];

/** An attribute that takes one of a few words: anything else is the first of them. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
): { fromAttribute(value: string | null): Words[number] } {
  return { fromAttribute: (value) => words.find((word) => word === value) ?? words[0] };
}

/** A switch: there or not there; `="false"` is off too, which script tags and frameworks like to write. */
export const onOff = {
  fromAttribute: (value: string | null): boolean => value !== null && value.trim().toLowerCase() !== 'false',
  toAttribute: (on: boolean): string | null => (on ? '' : null),
};

/** An address without its closing slashes, to put a path behind. */
export function serverAddress(value: string): string {
  return value.trim().replace(/\/+$/, '');
}
