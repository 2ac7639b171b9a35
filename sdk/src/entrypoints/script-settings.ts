/** The settings that `<wzatco-chat>` takes as attributes and the script tag as `data-*`. */
const SETTINGS = [
  'site',
  'server',
  'mode',
  'position',
  'theme',
  'accent',
  'locale',
  'department',
  'open',
  'hide-launcher',
  'launcher',
  'identity',
] as const;

/**
 * What a script tag says, as attributes for the element. Settings that it does not name are left out.
 *
 * @example
 * readScriptSettings(document.currentScript); // data-site="shop" → [['site', 'shop']]
 */
export function readScriptSettings(script: Pick<Element, 'getAttribute'>): [name: string, value: string][] {
  return SETTINGS.flatMap((name) => {
    const value = script.getAttribute(`data-${name}`);
    return value === null ? [] : [[name, value] as [string, string]];
  });
}
