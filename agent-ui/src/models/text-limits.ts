import { charactersIn } from '@wzatco/sdk';
import { LIMITS } from '@wzatco/sdk/contract/constants';

/** How many characters a message or note may have, and a name. */
export const MESSAGE_LIMIT = LIMITS.message;
export const NAME_LIMIT = LIMITS.name;

/**
 * Why a text is too long; null where it fits. Characters are counted as people and the server do, which no `maxlength`
 * does: that one counts an emoji twice, and cuts off without a word what is pasted.
 *
 * @example tooLong('Hello', 4) // '1 character too many: at most 4.'
 */
export function tooLong(text: string, limit: number): string | null {
  const over = charactersIn(text) - limit;
  if (over <= 0) return null;
  const many = `${over.toLocaleString('en')} ${over === 1 ? 'character' : 'characters'}`;
  return `${many} too many: at most ${limit.toLocaleString('en')}.`;
}
