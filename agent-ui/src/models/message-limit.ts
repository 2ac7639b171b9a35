import { charactersIn } from '@wzatco/sdk';
import { LIMITS } from '@wzatco/sdk/contract/constants';

/** How many characters a message may have. */
export const MESSAGE_LIMIT = LIMITS.message;

/** By how many characters, as people count them, a text is too long for a message; not above 0 where it fits. */
export function charactersOver(text: string): number {
  return charactersIn(text) - MESSAGE_LIMIT;
}
