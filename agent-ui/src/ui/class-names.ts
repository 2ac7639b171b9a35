/**
 * Joins class names, leaving out what is not set.
 *
 * @example classNames('button', busy && 'button--busy') // 'button button--busy'
 */
export function classNames(...names: (string | false | null | undefined)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}
